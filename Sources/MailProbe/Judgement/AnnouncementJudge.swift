/// What a domain announces to mail programs, beside what is documented: pure.
struct AnnouncementJudge {
    private let discovery: Discovery
    private let documented: DocumentedSettings
    private var findings: [Finding] = []

    static func findings(_ discovery: Discovery, _ policy: Policy) -> [Finding] {
        var judge = AnnouncementJudge(discovery: discovery, documented: policy.documented)
        judge.judgeRecords()
        judge.judgeFile()
        return judge.findings
    }

    private init(discovery: Discovery, documented: DocumentedSettings) {
        (self.discovery, self.documented) = (discovery, documented)
    }

    private mutating func judgeRecords() {
        let isWhole = !discovery.records.isUnknown
        if isWhole { judgeMissing(Self.missingRecords(discovery, documented)) }
        guard let wrong = Self.mismatch(discovery.records, documented) else {
            if isWhole { say("dns.srv-mismatch", .ok) }
            return
        }
        say(
            "dns.srv-mismatch", .warning,
            ["record": .text(wrong.record), "published": .text(wrong.published), "documented": .text(wrong.documented)])
    }

    private mutating func judgeMissing(_ records: [String]) {
        say("dns.srv-missing", records.isEmpty ? .ok : .info, records.isEmpty ? [:] : ["records": .list(records)])
    }

    private mutating func judgeFile() {
        if let (place, published) = discovery.autoconfig {
            judge(published, at: place)
        } else if let place = discovery.broken {
            let nothing = Text("no server that can be read", sv: "ingen server som går att läsa")
            say(
                "autoconfig.wrong", .warning,
                [
                    "place": .text(place), "documented": .list(documented.endpoints.map(\.url)),
                    "published": .words(nothing),
                ])
        } else if discovery.lacksFile {
            let places = discovery.places.map { String($0.prefix { $0 != "?" }) }
            say("autoconfig.missing", .info, ["places": .list(places)])
        }
    }

    private mutating func judge(_ published: DocumentedSettings, at place: String) {
        guard let wrong = Self.mismatch(published, documented) else {
            return say("autoconfig.wrong", .ok, ["place": .text(place)])
        }
        say(
            "autoconfig.wrong", .warning,
            ["place": .text(place), "published": .text(wrong.published), "documented": .text(wrong.documented)])
    }

    private mutating func say(_ check: CheckID, _ status: Status, _ more: Facts = [:]) {
        let common: Facts = [
            "host": .text(discovery.domain), "port": "-", "address": "-", "service": "-",
            "domain": .text(discovery.domain),
        ]
        findings.append(Finding(check, status, target: discovery.domain, facts: common.adding(more)))
    }

    /// Lines for the zone, for services that are documented and not announced.
    private static func missingRecords(_ discovery: Discovery, _ documented: DocumentedSettings) -> [String] {
        let announced = Set(discovery.records.found.map(\.kind.service))
        let services = [Service.imap, .submission].filter { !announced.contains($0) }
        return services.compactMap { service in
            guard let endpoint = documented.endpoint(service), !endpoint.host.isEmpty,
                let kind = ServiceRecords.kinds.first(where: {
                    $0.service == service && $0.security == endpoint.security
                })
            else { return nil }
            return "\(kind.label).\(discovery.domain). IN SRV 0 1 \(endpoint.port) \(endpoint.host)."
        }
    }

    private static func mismatch(_ records: ServiceRecords, _ documented: DocumentedSettings) -> (
        record: String, published: String, documented: String
    )? {
        for (kind, endpoints) in records.found {
            guard let first = endpoints.first,
                let right = documented.endpoints.first(where: {
                    $0.service == kind.service && $0.security == kind.security
                }),
                first.host != right.host || first.port != right.port
            else { continue }
            return (kind.label, "\(first.host):\(first.port)", "\(right.host):\(right.port)")
        }
        return nil
    }

    /// A file that says otherwise, or that would have passwords sent in the clear.
    private static func mismatch(_ published: DocumentedSettings, _ documented: DocumentedSettings) -> (
        published: String, documented: String
    )? {
        if let open = published.endpoints.first(where: { $0.security == .none }) {
            return (open.url, SettingsJudge.place(Endpoint(open.service, .tls, open.host)))
        }
        guard documented.source != published.source else { return nil }
        for endpoint in published.endpoints {
            let same = documented.endpoints.filter { $0.service == endpoint.service }
            guard !same.isEmpty, !same.contains(where: { $0.url == endpoint.url }) else { continue }
            return (endpoint.url, same[0].url)
        }
        return nil
    }
}
