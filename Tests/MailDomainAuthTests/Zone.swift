import MailDomainAuth
import MailNetwork

/// Domain names as a test wants them; keys are in lower case.
struct Zone: DomainRecords {
    var texts: [String: [String]] = [:]
    var hosts: [String: [String]] = [:]
    var mail: [String: [String]] = [:]
    var pointers: [String: [String]] = [:]
    /// Names about which nobody can say anything.
    var broken: Set<String> = []

    func texts(of name: String) async -> DomainAnswer<[String]> { answer(texts, name) }
    func mailHosts(of name: String) async -> DomainAnswer<[String]> { answer(mail, name) }
    func names(of address: IPAddress) async -> DomainAnswer<[String]> { answer(pointers, address.description) }

    func addresses(of name: String, _ family: IPAddress.Family) async -> DomainAnswer<[IPAddress]> {
        switch answer(hosts, name) {
        case .failed(let reason): return .failed(reason)
        case .none: return .none
        case .found(let texts):
            let addresses = texts.compactMap { IPAddress($0) }.filter { $0.family == family }
            return addresses.isEmpty ? .none : .found(addresses)
        }
    }

    private func answer(_ table: [String: [String]], _ name: String) -> DomainAnswer<[String]> {
        if broken.contains(name.lowercased()) { return .failed("no answer") }
        guard let values = table[name.lowercased()], !values.isEmpty else { return .none }
        return .found(values)
    }
}
