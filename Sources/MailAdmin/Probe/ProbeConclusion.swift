import MailMessage
import MailNetwork
import MailStore

/// What follows from what the two sides saw, in one sentence.
package struct ProbeConclusion: Sendable, Hashable {
    /// Stable, for scripts.
    package let id: String
    package let message: String

    /// Services that mail programs use, whose silence means something. Port 25 is for servers, 465 is for some.
    private static let expected = ["imaps", "submission", "pop3s"]

    static func distinct(_ all: [ProbeConclusion]) -> [ProbeConclusion] {
        var seen: Set<ProbeConclusion> = []
        return all.filter { seen.insert($0).inserted }
    }

    static func of(_ attempt: ConnectionAttempt) -> [ProbeConclusion] {
        [translation(attempt), opened(attempt), shown(attempt), name(attempt)].compactMap { $0 }
    }

    /// Ports of this server where nothing arrived, though others were reached, and somebody was there to see it.
    static func silentPorts(
        _ attempts: [ConnectionAttempt], _ memories: [AttemptMemory], since: EpochSeconds?
    ) -> [ProbeConclusion] {
        guard !attempts.isEmpty, let since else { return [] }
        let reached = Set(attempts.map(\.service))
        return expected.filter { !reached.contains($0) }.flatMap { service in
            let witnesses = memories.filter { $0.ports.contains { $0.service == service } }
            guard witnesses.allSatisfy({ $0.since <= since }) else { return [ProbeConclusion]() }
            return Set(witnesses.flatMap(\.ports).filter { $0.service == service }.map(\.number)).sorted().map { port in
                ProbeConclusion(
                    id: "nothing_on_\(port)",
                    message: "nothing arrived on port \(port) (\(service)): it is blocked on the way, or was not tried")
            }
        }
    }

    private static func translation(_ attempt: ConnectionAttempt) -> ProbeConclusion? {
        guard let told = attempt.probe?.address.flatMap({ PeerAddress($0) }), let seen = IPAddress(attempt.peer) else {
            return nil
        }
        guard told.ip != seen else { return passedOn(told, attempt) }
        if told.ip.isLoopback {
            return ProbeConclusion(
                id: "passed_on", message: "a program on the client's own device passes its connections on to \(seen)")
        }
        let kind = told.ip.family == seen.family ? "NAT" : "NAT64"
        return ProbeConclusion(
            id: "address_translated",
            message: "the client is \(told.ip) at its own end and \(seen) here: its address is translated (\(kind))")
    }

    private static func passedOn(_ told: PeerAddress, _ attempt: ConnectionAttempt) -> ProbeConclusion? {
        guard Int(told.port) != attempt.peerPort else { return nil }
        return ProbeConclusion(
            id: "passed_on",
            message: "\(told.ip) has other ports at its own end than here: something between passes its connections on")
    }

    private static func opened(_ attempt: ConnectionAttempt) -> ProbeConclusion? {
        guard let told = attempt.probe?.tls else { return nil }
        let own = [attempt.tls.version, attempt.tls.cipher].compactMap { $0 }.joined(separator: " ")
        // Up to TLS 1.2 the client has the registry's name of the cipher, and we have OpenSSL's: the version must do.
        let here = own.isEmpty ? "none" : own
        let isOurs = attempt.tls.version == "TLSv1.3" ? told == own : told.hasPrefix("\(attempt.tls.version ?? here) ")
        guard !isOurs else { return nil }
        return interception("the client has \(told), this server \(here)", attempt)
    }

    private static func shown(_ attempt: ConnectionAttempt) -> ProbeConclusion? {
        guard let told = attempt.probe?.certificate, let own = attempt.probe?.shownCertificate, told != own else {
            return nil
        }
        return interception(
            "the client saw the certificate \(told.prefix(16))…, and ours is \(own.prefix(16))…", attempt)
    }

    private static func interception(_ why: String, _ attempt: ConnectionAttempt) -> ProbeConclusion {
        let proxy = attempt.proxy.map { "; the proxy \($0.prefix { $0 != ":" }) is between them" } ?? ""
        return ProbeConclusion(
            id: "encryption_opened", message: "something between opens the encryption: \(why)\(proxy)")
    }

    private static func name(_ attempt: ConnectionAttempt) -> ProbeConclusion? {
        guard let name = attempt.tls.serverName, attempt.tls.isServed == false, IPAddress(name) == nil else {
            return nil
        }
        return ProbeConclusion(
            id: "name_not_served", message: "the client asks for \(name), which is in no certificate of this server")
    }
}
