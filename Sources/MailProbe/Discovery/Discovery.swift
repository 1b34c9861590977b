internal import MailDial

/// What a mail program finds out about a domain by itself.
package struct Discovery: Sendable {
    package let domain: String
    var records = ServiceRecords()
    /// The first place that served a file, and what it says.
    package var autoconfig: (place: String, settings: DocumentedSettings)?
    package var places: [String] = []
    /// A place that served something else than such a file.
    var broken: String?
    /// Each place said that it has none, or is none.
    var lacksFile = false
    /// The names that Thunderbird tries, as far as they exist.
    package var guesses: [String] = []
    /// A web server's clock, and whose.
    package var clock: (seconds: Int64, source: String)?

    /// `_imaps._tcp` ... with what they lead to, and the mail exchangers.
    package var recordLines: [(name: String, value: String)] {
        records.found.map {
            (
                name: "\($0.kind.label).\(domain)",
                value: $0.endpoints.isEmpty ? "." : $0.endpoints.map(\.url).joined(separator: ", ")
            )
        }
            + records.mailHosts.map { (name: "MX \(domain)", value: $0) }
    }

    /// Nothing but a name: neither records nor a file say that mail lives here.
    var isOnlyAName: Bool { records.isEmpty && autoconfig == nil }

    /// What is documented when nobody says otherwise: the file, else the usual ports at the hosts of the records or of the guesses.
    package var settings: DocumentedSettings {
        if let autoconfig { return autoconfig.settings }
        var settings = DocumentedSettings()
        settings.endpoints = records.endpoints.isEmpty ? guessed : announced
        return settings
    }

    /// Records name the hosts; the ports are the documented ones, where nobody has said otherwise.
    private var announced: [Endpoint] {
        records.endpoints.map {
            var endpoint = Endpoint($0.service, $0.security, $0.host)
            endpoint.announcer = isOwn($0.host) ? nil : domain
            return endpoint
        }
    }

    private func isOwn(_ host: String) -> Bool { host == domain || host.hasSuffix("." + domain) }

    /// GuessConfig's order: IMAP before POP3, encryption from the first byte before STARTTLS, special names before the bare domain.
    private var guessed: [Endpoint] {
        func host(_ labels: String...) -> String? {
            labels.map { $0.isEmpty ? domain : "\($0).\(domain)" }.first(where: guesses.contains)
        }
        return [
            host("imap", "mail", "").map { Endpoint(.imap, .tls, $0) },
            host("pop3", "pop", "mail", "").map { Endpoint(.pop3, .tls, $0) },
            host("smtp", "mail", "").map { Endpoint(.submission, .starttls, $0) },
            host("smtp", "mail", "").map { Endpoint(.submission, .tls, $0, isOptional: true) },
        ].compactMap { $0 }
    }

    private static let guessedLabels = ["imap", "pop3", "pop", "smtp", "mail", ""]

    static func look(
        at domain: String, address: String?, _ resolver: Resolver, _ plan: ProbePlan, by deadline: Deadline
    ) async -> Discovery {
        var discovery = Discovery(domain: domain)
        async let records = ServiceRecords.look(up: domain, resolver, by: deadline)
        async let guesses = existing(domain, resolver, by: deadline)
        let places = Autoconfig.places(domain, address: address)
        let fetch = HTTPFetch(resolver: resolver, plan: plan, deadline: deadline)
        async let files = withTaskGroup { group in
            for (index, place) in places.enumerated() {
                group.addTask { (index, await BlockingThread.run { fetch.get(place) }) }
            }
            return await group.reduce(into: [Int: Lookup<HTTPAnswer>]()) { $0[$1.0] = $1.1 }
        }
        (discovery.records, discovery.guesses, discovery.places) = (await records, await guesses, places)
        let answers = await files
        discovery.lacksFile = answers.values.allSatisfy(\.isWithoutFile)
        for (index, place) in places.enumerated() {
            guard let answer = answers[index]?.value else { continue }
            if discovery.clock == nil, let date = answer.date {
                discovery.clock = (date, WebPlace(place)?.host ?? domain)
            }
            // A file that anybody on the way may have written is no promise.
            guard discovery.autoconfig == nil, answer.status == 200, answer.isVerified == true else { continue }
            let bare = String(place.prefix { $0 != "?" })
            discovery.autoconfig = Autoconfig.settings(answer.body, domain: domain, place: bare).map { (bare, $0) }
            if discovery.autoconfig == nil { discovery.broken = bare }
        }
        return discovery
    }

    private static func existing(_ domain: String, _ resolver: Resolver, by deadline: Deadline) async -> [String] {
        let names = guessedLabels.map { $0.isEmpty ? domain : "\($0).\(domain)" }
        let found = await withTaskGroup { group in
            for name in names {
                group.addTask {
                    (name, await BlockingThread.run { resolver.addresses(of: name, by: deadline).value != nil })
                }
            }
            return await group.reduce(into: [String: Bool]()) { $0[$1.0] = $1.1 }
        }
        return names.filter { found[$0] == true }
    }
}

extension Lookup<HTTPAnswer> {
    /// The host does not exist, or proves who it is and knows no such page; whoever does not answer may have one.
    var isWithoutFile: Bool {
        switch self {
        case .found(let answer): answer.isVerified == true && (400..<500).contains(answer.status)
        case .noName, .noData: true
        case .failed: false
        }
    }
}
