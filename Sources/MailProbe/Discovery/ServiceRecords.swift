internal import MailDial

/// What a domain says of its mail servers in DNS (RFC 6186, RFC 8314 §5.1).
struct ServiceRecords: Sendable {
    /// One kind of record, and what it promises.
    struct Kind: Sendable {
        let label: String
        let service: Service
        let security: Security
    }

    static let kinds = [
        Kind(label: "_imaps._tcp", service: .imap, security: .tls),
        Kind(label: "_imap._tcp", service: .imap, security: .starttls),
        Kind(label: "_pop3s._tcp", service: .pop3, security: .tls),
        Kind(label: "_pop3._tcp", service: .pop3, security: .starttls),
        Kind(label: "_submissions._tcp", service: .submission, security: .tls),
        Kind(label: "_submission._tcp", service: .submission, security: .starttls),
    ]

    /// For each kind: the endpoints, best first; empty: the record says that there is none (RFC 6186 §3.4).
    var found: [(kind: Kind, endpoints: [Endpoint])] = []
    var mailHosts: [String] = []
    /// Some question was not answered: what was not found may be there.
    var isUnknown = false

    var endpoints: [Endpoint] { found.flatMap(\.endpoints) }
    var isEmpty: Bool { found.isEmpty && mailHosts.isEmpty }

    static func look(up domain: String, _ resolver: Resolver, by deadline: Deadline) async -> ServiceRecords {
        async let mail = BlockingThread.run { resolver.records(.mx, of: domain, by: deadline) }
        let answers = await withTaskGroup { group in
            for (index, kind) in kinds.enumerated() {
                group.addTask {
                    (
                        index,
                        await BlockingThread.run { resolver.records(.srv, of: "\(kind.label).\(domain)", by: deadline) }
                    )
                }
            }
            return await group.reduce(into: [Int: Lookup<Resolver.Records>]()) { $0[$1.0] = $1.1 }
        }
        return ServiceRecords(services: answers, exchangers: await mail)
    }

    init() {}

    /// The services' answers by their place among the kinds.
    init(services: [Int: Lookup<Resolver.Records>], exchangers: Lookup<Resolver.Records>) {
        for (index, kind) in Self.kinds.enumerated() {
            if let all = services[index]?.value?.all { found.append((kind, kind.endpoints(all))) }
        }
        mailHosts = Self.hosts(exchangers.value?.all ?? [])
        isUnknown = exchangers.isFailure || services.values.contains(where: \.isFailure)
    }

    private static func hosts(_ records: [DNSRecord]) -> [String] {
        let all = records.compactMap { record -> (UInt16, String)? in
            guard case .mail(let preference, let host) = record, host != ".", let name = Target.hostName(host) else {
                return nil
            }
            return (preference, name)
        }
        return all.sorted { $0.0 < $1.0 }.map(\.1)
    }
}

extension ServiceRecords.Kind {
    fileprivate func endpoints(_ records: [DNSRecord]) -> [Endpoint] {
        let all = records.compactMap { record -> (UInt16, Endpoint)? in
            guard case .service(let priority, _, let port, let host) = record, host != ".",
                let name = Target.hostName(host)
            else { return nil }
            return (priority, Endpoint(service, security, name, port: port))
        }
        return all.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
