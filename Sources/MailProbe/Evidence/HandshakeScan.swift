internal import MailDial
internal import MailMessage
internal import MailNetwork

/// Further handshakes with an endpoint that speaks TLS, one after the other: no server is to take them for a flood.
struct HandshakeScan {
    let visit: Visit

    /// Each weak cipher that is found costs another handshake.
    private static let mostWeakCiphers = 4

    func run() -> TLSScan {
        var scan = TLSScan()
        for version in [TLSVersion.ssl3, .tls10, .tls11] where agrees(to: version, &scan) {
            scan.oldVersions.append(version)
        }
        findWeakCiphers(&scan)
        if visit.deadline.hasPassed { scan.isWhole = false }
        lookWithoutName(&scan)
        return scan
    }

    private func agrees(to version: TLSVersion, _ scan: inout TLSScan) -> Bool {
        let ciphers = CipherSuites.common + CipherSuites.weak
        let hello = ClientHello(version: version, ciphers: ciphers, serverName: name)
        guard case .hello(let chosen, _) = answer(hello, &scan) else { return false }
        return chosen == version
    }

    private func findWeakCiphers(_ scan: inout TLSScan) {
        var rest = CipherSuites.weak
        while scan.weakCiphers.count < Self.mostWeakCiphers,
            case .hello(_, let cipher) = answer(ClientHello(version: .tls12, ciphers: rest, serverName: name), &scan),
            let known = CipherSuites.weakName(cipher), rest.contains(cipher)
        {
            scan.weakCiphers.append(known)
            rest.removeAll { $0 == cipher }
        }
    }

    private var name: String? { visit.offer.serverName }

    private var step: Deadline { visit.step(visit.plan.patience.answer) }

    /// nil, and the scan has a gap: who lets nobody in at the moment, or says nothing, has not refused what was asked for.
    private func answer(_ hello: ClientHello, _ scan: inout TLSScan) -> ServerAnswer? {
        let answer = ready().map { $0.answer(to: hello, by: step) }
        switch answer {
        case .hello, .alert, .closed: return answer
        case .plaintext, .silent, nil:
            scan.isWhole = false
            return nil
        }
    }

    /// Connected, and past STARTTLS where that comes first.
    private func ready() -> Channel? {
        guard let channel = try? Channel.connect(to: visit.peer, by: step) else { return nil }
        guard visit.endpoint.security == .starttls else { return channel }
        switch visit.endpoint.service.language {
        case .imap: return past(IMAPTalk.self, channel)
        case .pop3: return past(POP3Talk.self, channel)
        default: return past(SMTPTalk.self, channel)
        }
    }

    private func past<Speaker: Talk>(_ kind: Speaker.Type, _ channel: Channel) -> Channel? {
        do {
            let conversation = Conversation(channel, by: step)
            _ = try conversation.greeting()
            var talk = Speaker(conversation)
            if kind == SMTPTalk.self { _ = try talk.capabilities(token: visit.plan.token) }
            return try talk.startTLS() == nil ? channel : nil
        } catch {
            return nil
        }
    }

    /// A client that sends no name; then one more that takes up its session again.
    private func lookWithoutName(_ scan: inout TLSScan) {
        var offer = visit.offer
        offer.serverName = nil
        guard let channel = encrypted(offer), let session = channel.tls else { return }
        scan.namesWithoutSNI = session.facts.leaf?.names
        scan.digestWithoutSNI = session.facts.leaf?.whole.sha256
        // TLS 1.3 sends its ticket behind the handshake: with the greeting, or with the answer to a line that means nothing.
        guard (try? channel.write("\r\n", by: step)) != nil, (try? channel.fill(by: step)) != nil else { return }
        guard let ticket = session.ticket else { return scan.resumes = false }
        offer.session = ticket
        scan.resumes = encrypted(offer)?.tls?.facts.isResumed
    }

    private func encrypted(_ offer: TLSOffer) -> Channel? {
        guard let channel = ready(), (try? channel.encrypt(offer, by: step)) != nil else { return nil }
        return channel
    }
}
