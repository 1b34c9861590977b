package import MailDial

/// The MX records of a domain, put in the order in which they are tried (RFC 5321 §5.1).
package struct MailExchangers: Sendable, Equatable {
    package struct Host: Sendable, Equatable {
        package let preference: UInt16
        package let name: String
    }

    /// RFC 7505: the domain takes no mail.
    package private(set) var isNull = false
    package private(set) var hosts: [Host] = []
    /// This server was the most preferred.
    package private(set) var leadsHere = false

    /// Equal ones in random order, each name once, at its best preference.
    package init(_ records: [DNSRecord], using generator: inout some RandomNumberGenerator) {
        let all = records.compactMap { record -> Host? in
            guard case .mail(let preference, let host) = record else { return nil }
            return Host(preference: preference, name: host.lowercased())
        }
        isNull = !all.isEmpty && all.allSatisfy { $0.name == "." }
        var seen: Set<String> = []
        hosts = all.filter { $0.name != "." }.shuffled(using: &generator).sorted { $0.preference < $1.preference }
            .filter { seen.insert($0.name).inserted }
    }

    /// Without MX records the domain is its own host (RFC 5321 §5.1).
    package init(implicit domain: String) { hosts = [Host(preference: 0, name: domain)] }

    /// Only those are left that are preferred to this server.
    package mutating func cut(where isOurs: (Host) -> Bool) {
        guard let own = hosts.filter(isOurs).map(\.preference).min() else { return }
        hosts.removeAll { $0.preference >= own }
        leadsHere = hosts.isEmpty
    }

    package mutating func keep(where isKept: (Host) -> Bool) { hosts = hosts.filter(isKept) }

    package mutating func limit(to most: Int) { hosts = Array(hosts.prefix(most)) }
}
