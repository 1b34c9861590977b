internal import MailDial
internal import MailMessage
internal import MailNetwork

/// Second connections to a port that does not say what it is.
struct Disguises {
    let visit: Visit

    /// Of a page's first lines.
    private static let longestAnswer = 16_384

    /// A server that waits for the client's first word speaks TLS, or HTTP.
    func find(isEncrypted: Bool) -> Evidence.Disguise? {
        if !isEncrypted, speaksTLS() { return .tls(speaks: languageBehindTLS()) }
        return http(isEncrypted: isEncrypted)
    }

    private var step: Deadline { visit.step(visit.plan.patience.silence) }

    private func speaksTLS() -> Bool {
        let hello = ClientHello(
            version: .tls12, ciphers: CipherSuites.common, serverName: visit.offer.serverName)
        guard let channel = try? Channel.connect(to: visit.peer, by: step) else { return false }
        return channel.answer(to: hello, by: step).isTLS
    }

    private func languageBehindTLS() -> SpokenLanguage? {
        do {
            let channel = try Channel.connect(to: visit.peer, by: step)
            try channel.encrypt(visit.offer, by: step)
            return SpokenLanguage.spoken(in: try channel.readLine(by: step))
        } catch {
            return nil
        }
    }

    private func http(isEncrypted: Bool) -> Evidence.Disguise? {
        do {
            let channel = try Channel.connect(to: visit.peer, by: step)
            if isEncrypted { try channel.encrypt(visit.offer, by: step) }
            try channel.write("GET / HTTP/1.0\r\nHost: \(visit.endpoint.host)\r\n\r\n", by: step)
            let status = try channel.readLine(by: step)
            guard SpokenLanguage.spoken(in: status) == .http else { return nil }
            return .http(status: status, location: location(channel))
        } catch {
            return nil
        }
    }

    private func location(_ channel: Channel) -> String? {
        var read = 0
        while read < Self.longestAnswer, let line = try? channel.readLine(by: step), !line.isEmpty {
            read += line.utf8.count + 2
            if line.lowercased().hasPrefix("location:") { return line.dropFirst(9).trimmed }
        }
        return nil
    }

    /// What a port that did not answer a ClientHello says in the clear, if it says anything.
    func greetingInClear() -> Evidence.Greeting? {
        guard let channel = try? Channel.connect(to: visit.peer, by: step), let line = try? channel.readLine(by: step)
        else {
            return nil
        }
        return .line(line, milliseconds: 0)
    }
}
