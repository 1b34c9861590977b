internal import MailDial
internal import MailMessage
internal import MailNetwork

/// What a web server said.
struct HTTPAnswer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]
    /// nil: in the clear.
    var isVerified: Bool?

    subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The server's clock (RFC 9110 §6.6.1), in seconds since 1970.
    var date: Int64? { self["date"].flatMap { MailDate(Array($0.utf8))?.seconds }.map { Int64($0) } }
}

/// One small file by HTTP. We deliberately speak HTTP/1.0: without chunks and kept connections the answer ends where it ends.
struct HTTPFetch {
    private static let mostRedirects = 3
    private static let longestAnswer = 65_536

    let resolver: Resolver
    let plan: ProbePlan
    let deadline: Deadline

    /// Blocking. What fails or leads nowhere has not said that there is no such page.
    func get(_ url: String) -> Lookup<HTTPAnswer> {
        var (place, isVerified) = (WebPlace(url), true)
        for _ in 0...Self.mostRedirects {
            guard let here = place else { return Self.noAnswer }
            let found = answer(from: here)
            guard var answer = found.value else { return found }
            // Who was sent on by somebody unknown has arrived at somebody unknown.
            isVerified = isVerified && answer.isVerified == true
            if answer.isVerified == true { answer.isVerified = isVerified }
            guard (300..<400).contains(answer.status), let location = answer["location"] else {
                return .found(answer)
            }
            place = WebPlace(location, relativeTo: here)
            // A domain's own page may send on; not into the clear, and not to whatever listens on this machine.
            guard place?.isEncrypted == true else { return .found(answer) }
        }
        return Self.noAnswer
    }

    private static let noAnswer = Lookup<HTTPAnswer>.failed("no answer")

    private func answer(from place: WebPlace) -> Lookup<HTTPAnswer> {
        switch resolver.addresses(of: place.host, by: deadline) {
        case .noName: return .noName
        case .noData: return .noData
        case .failed(let reason): return .failed(reason)
        case .found(let addresses):
            for address in addresses {
                if let answer = answer(from: place, at: address) { return .found(answer) }
            }
            return Self.noAnswer
        }
    }

    private func answer(from place: WebPlace, at address: IPAddress) -> HTTPAnswer? {
        do {
            let channel = try Channel.connect(
                to: PeerAddress(ip: address, port: place.port), by: deadline.within(milliseconds: plan.patience.connect)
            )
            if place.isEncrypted { try channel.encrypt(TLSOffer(trust: plan.trust, host: place.host), by: deadline) }
            // Whose address it is about is told to nobody but the host that was meant.
            let isKnown = channel.tls?.facts.isVerified ?? false
            let path = isKnown ? place.path : String(place.path.prefix { $0 != "?" })
            try channel.write(
                "GET \(path) HTTP/1.0\r\nHost: \(place.host)\r\nAccept: */*\r\nUser-Agent: mail-probe/1\r\n"
                    + "X-Mail-Probe: \(plan.token)\r\nConnection: close\r\n\r\n", by: deadline)
            let bytes = try channel.readAll(limit: Self.longestAnswer, by: deadline)
            return Self.parse(bytes, isVerified: channel.tls?.facts.isVerified)
        } catch {
            return nil
        }
    }

    static func parse(_ bytes: [UInt8], isVerified: Bool?) -> HTTPAnswer? {
        // In bytes: to Swift's strings CR LF is one character.
        let ends = [Array("\r\n\r\n".utf8), Array("\n\n".utf8)].compactMap { bytes.firstRange(of: $0) }
        guard let end = ends.min(by: { $0.lowerBound < $1.lowerBound }) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(whereSeparator: \.isNewline)
        let words = lines.first?.split(separator: " ") ?? []
        guard words.first?.hasPrefix("HTTP/") == true, let status = words.dropFirst().first.flatMap({ Int($0) }) else {
            return nil
        }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), line[colon...].dropFirst().trimmed)
        }
        return HTTPAnswer(
            status: status, headers: headers, body: Array(bytes[end.upperBound...]), isVerified: isVerified)
    }
}

/// Where something lies in the web.
struct WebPlace: Equatable {
    let isEncrypted: Bool
    let host: String
    let port: UInt16
    let path: String

    init?(_ url: String) {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = url[mark.upperBound...]
        let place = rest.prefix { $0 != "/" && $0 != "?" }
        let parts = place.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, let host = Target.hostName(String(name)) else { return nil }
        let usual: UInt16 = scheme == "https" ? 443 : 80
        let path = rest[place.endIndex...]
        guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        (isEncrypted, self.host) = (scheme == "https", host)
        port = parts.dropFirst().first.flatMap { UInt16($0) } ?? usual
        self.path = path.hasPrefix("/") ? String(path) : "/" + path
    }

    /// A redirection's target: whole, or a path of the same host.
    init?(_ location: String, relativeTo here: WebPlace) {
        let scheme = here.isEncrypted ? "https" : "http"
        self.init(location.hasPrefix("/") ? "\(scheme)://\(here.host):\(here.port)\(location)" : location)
    }
}
