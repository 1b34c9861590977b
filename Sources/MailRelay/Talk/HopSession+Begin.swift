import MailTransport
import MailWire

/// From the open connection to the first MAIL.
extension HopSession {
    func begin() async throws(HopFailure) {
        do {
            if hop.tls.isImplicit { try await handshake() }
            try await greet()
            try await hello()
            if tls == nil { try await secure() }
            if let login = hop.login { try await logIn(login) }
        } catch {
            hangUp()
            throw error
        }
    }

    private func greet() async throws(HopFailure) {
        let reply = try await answer(.greeting, within: settings.greetingSeconds)
        // RFC 5321 §3.1: 554 instead of 220; this host takes no mail, another one may.
        guard reply.code == 220 else { throw refusal(.greeting, reply) }
    }

    /// EHLO, or HELO with a host that does not know it (RFC 5321 §3.2).
    private func hello() async throws(HopFailure) {
        let reply = try await answer(.hello, to: "EHLO \(settings.helloName)")
        if reply.kind == .success {
            offer = ServerOffer(reply)
        } else {
            guard reply.kind == .permanent else { throw refusal(.hello, reply) }
            let plain = try await answer(.hello, to: "HELO \(settings.helloName)")
            guard plain.kind == .success else { throw refusal(.hello, plain) }
            offer = ServerOffer()
        }
    }

    // MARK: TLS

    private func secure() async throws(HopFailure) {
        guard hop.tls != .clear else { return }
        guard offer.has(.startTLS) else {
            return try missing("\(hop.host) does not offer STARTTLS", .startTLSNotSupported)
        }
        let reply = try await answer(.startTLS, to: "STARTTLS")
        guard reply.code == 220 else {
            return try missing("\(hop.host) refuses STARTTLS: \(reply.code) \(reply.text)", .startTLSNotSupported)
        }
        try await handshake()
        try await hello()  // RFC 3207 §4.2: what was said before does not count
    }

    /// Fine, unless it is demanded.
    private func missing(_ what: String, _ fault: TLSFault) throws(HopFailure) {
        guard hop.tls.isDemand else { return }
        throw HopFailure(.startTLS, HopReply(status: "4.7.4", text: "\(what), but \(hop.tls.reason)"), tlsFault: fault)
    }

    private func handshake() async throws(HopFailure) {
        let rules = hop.tls.rules(for: hop.host, settings.tls)
        do throws(TalkError) {
            connection.setDeadline(seconds: try allowed(settings.replySeconds))
        } catch {
            standing = .over
            throw HopFailure(.startTLS, error.reply(of: hop.host).forNow)
        }
        do {
            try await connection.startTLS(rules.context, host: hop.host, check: rules.check)
        } catch {
            standing = .over
            throw handshakeFailure(error, rules.check)
        }
        guard let info = connection.tls, let proof = connection.peerProof else { return }
        tls = TLSFacts(version: info.version, cipher: info.cipher, proof: proof)
    }

    private func handshakeFailure(_ error: ConnectionError, _ check: PeerCheck) -> HopFailure {
        let certificate = "the certificate of \(hop.host)"
        let (text, fault): (String, TLSFault) =
            switch connection.peerFault {
            case .hostMismatch: ("\(certificate) is not for \(check.names)", .hostMismatch)
            case .expired: ("\(certificate) has expired or is not valid yet", .expired)
            case .notTrusted: ("\(certificate) is not trusted: \(error.tlsWords)", .notTrusted)
            case .noRecordMatches: ("\(certificate) fits none of its TLSA records (DANE)", .tlsaInvalid)
            case nil: ("TLS with \(hop.host) failed: \(error.tlsWords)", .validationFailure)
            }
        let words = PlainWords.text(Array(text.utf8), most: RemoteReply.longestText)
        return HopFailure(.startTLS, HopReply(status: "4.7.5", text: words), tlsFault: fault)
    }

    // MARK: Words

    func answer(_ stage: HopFailure.Stage, to command: String) async throws(HopFailure) -> RemoteReply {
        connection.write(command + "\r\n")
        return try await answer(stage, within: settings.replySeconds)
    }

    func answer(_ stage: HopFailure.Stage, within seconds: Int) async throws(HopFailure) -> RemoteReply {
        do {
            return try await reply(within: seconds)
        } catch {
            standing = .over
            throw HopFailure(stage, error.reply(of: hop.host).forNow)
        }
    }

    func refusal(_ stage: HopFailure.Stage, _ reply: RemoteReply) -> HopFailure {
        HopFailure(stage, HopReply(reply, of: hop.host).forNow)
    }
}

extension PeerCheck {
    fileprivate var names: String {
        switch self {
        case .none: ""
        case .names(let names), .dane(_, let names): names.joined(separator: " or ")
        }
    }
}

extension ConnectionError {
    fileprivate var tlsWords: String {
        switch self {
        case .tls(let words): words
        case .timedOut, .tooSlow: "no end of the handshake"
        case .plaintextAfterSTARTTLS: "plain text behind the answer to STARTTLS"
        default: "the connection was lost"
        }
    }
}
