/// SRV records for a zone file (RFC 6186, RFC 8314 §5.1): what is not offered is said to be absent.
extension ClientSettings {
    private static let services: [(name: String, kind: Offer.Kind, isImplicit: Bool, priority: Int)] = [
        ("_imaps", .imap, true, 0), ("_imap", .imap, false, 0), ("_pop3s", .pop3, true, 10),
        ("_pop3", .pop3, false, 10),
        ("_submissions", .smtp, true, 0), ("_submission", .smtp, false, 0),
    ]

    package var serviceRecords: String {
        domains.flatMap { domain in
            Self.services.map { service in
                let owner = "\(service.name)._tcp.\(domain)."
                let found = servers.first { $0.kind == service.kind && $0.isImplicit == service.isImplicit }
                guard let found else { return "\(owner) 3600 IN SRV 0 0 0 .\n" }
                return "\(owner) 3600 IN SRV \(service.priority) 1 \(found.port) \(found.host).\n"
            }
        }.joined()
    }
}
