package import MailDial
package import MailDomainAuth
package import MailNetwork

/// The domain name system as this server resolves it.
package struct ResolvedRecords: DomainRecords {
    private let resolver: NameService

    package init(names: NameService) { resolver = names }

    package func texts(of name: String) async -> DomainAnswer<[String]> {
        await ask(.txt, name) { if case .text(let text) = $0 { text } else { nil } }
    }

    package func addresses(of name: String, _ family: IPAddress.Family) async -> DomainAnswer<[IPAddress]> {
        await ask(family == .v4 ? .a : .aaaa, name) { if case .address(let address) = $0 { address } else { nil } }
    }

    package func mailHosts(of name: String) async -> DomainAnswer<[String]> {
        let answer = await ask(.mx, name) { record -> (UInt16, String)? in
            if case .mail(let preference, let host) = record { (preference, host) } else { nil }
        }
        switch answer {
        case .found(let hosts): return .found(hosts.sorted { $0.0 < $1.0 }.map(\.1))
        case .none: return .none
        case .failed(let why): return .failed(why)
        }
    }

    package func names(of address: IPAddress) async -> DomainAnswer<[String]> {
        await ask(.ptr, address.reverseName) { if case .pointer(let name) = $0 { name } else { nil } }
    }

    private func ask<Value>(
        _ kind: DNSRecord.Kind, _ name: String, _ value: (DNSRecord) -> Value?
    ) async -> DomainAnswer<[Value]> {
        switch await resolver.lookup(kind, name) {
        case .found(let records):
            let values = records.all.compactMap(value)
            return values.isEmpty ? .none : .found(values)
        case .noName, .noData: return .none
        case .failed(let why): return .failed(why)
        }
    }
}
