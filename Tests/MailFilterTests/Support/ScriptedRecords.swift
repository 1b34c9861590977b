import MailDomainAuth
import MailNetwork

/// What one list says about everybody.
struct ScriptedZone: Sendable {
    var answer: String
    var text: String?
    var isSilent = false
    var fails = false
}

/// A domain name system of block lists.
struct ScriptedRecords: DomainRecords {
    private let zones: [String: ScriptedZone]

    init(_ zones: [String: ScriptedZone]) { self.zones = zones }

    private func zone(of name: String) -> ScriptedZone? { zones.first { name.hasSuffix("." + $0.key) }?.value }

    func texts(of name: String) async -> DomainAnswer<[String]> {
        guard let zone = zone(of: name), let text = zone.text else { return .none }
        return .found([text])
    }

    func addresses(of name: String, _ family: IPAddress.Family) async -> DomainAnswer<[IPAddress]> {
        guard let zone = zone(of: name), family == .v4 else { return .none }
        if zone.isSilent { try? await Task.sleep(for: .seconds(60)) }
        return zone.fails ? .failed("SERVFAIL") : IPAddress(zone.answer).map { .found([$0]) } ?? .none
    }

    func mailHosts(of name: String) async -> DomainAnswer<[String]> { .none }
    func names(of address: IPAddress) async -> DomainAnswer<[String]> { .none }
}
