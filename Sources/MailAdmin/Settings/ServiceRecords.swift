/// SRV records for a zone file (RFC 6186, RFC 8314 §5.1): what is not offered is said to be absent.
extension ClientSettings {
    private static let services: [(name: String, kind: Offer.Kind, isImplicit: Bool, priority: Int)] = [
        ("_imaps", .imap, true, 0), ("_imap", .imap, false, 0), ("_pop3s", .pop3, true, 10),
        ("_pop3", .pop3, false, 10),
        ("_submissions", .smtp, true, 0), ("_submission", .smtp, false, 0),
    ]

    struct ServiceEntry: Sendable {
        /// Without a final dot.
        let owner: String
        let value: String
        let isOffered: Bool
    }

    var serviceEntries: [ServiceEntry] {
        domains.flatMap { domain in
            Self.services.map { service in
                let owner = "\(service.name)._tcp.\(domain)"
                let found = servers.first { $0.kind == service.kind && $0.isImplicit == service.isImplicit }
                guard let found else { return ServiceEntry(owner: owner, value: "0 0 0 .", isOffered: false) }
                let value = "\(service.priority) 1 \(found.port) \(found.host)."
                return ServiceEntry(owner: owner, value: value, isOffered: true)
            }
        }
    }

    package var serviceRecords: String { serviceEntries.map { "\($0.owner). 3600 IN SRV \($0.value)\n" }.joined() }
}
