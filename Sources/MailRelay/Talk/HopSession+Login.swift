import MailCrypto
import MailTransport
import MailWire

/// AUTH (RFC 4954): only over TLS, by the strongest mechanism both sides know.
extension HopSession {
    func logIn(_ login: RelayLogin) async throws(HopFailure) {
        guard let tls else { throw failure("4.7.10", "\(hop.host) offers no TLS, and the password needs it") }
        let mechanisms = offer.mechanisms
        let reply =
            if mechanisms.contains(.scramSHA256), login.isASCII {
                try await scram(login)
            } else if !tls.isAuthenticated {
                // By SCRAM a stranger learns nothing that he could use; by these the password itself.
                throw failure(
                    "4.7.10",
                    "\(hop.host) has not proved who it is, and asks for the password: tls=verified, or SCRAM there")
            } else if mechanisms.contains(.plain) {
                try await plain(login)
            } else if mechanisms.contains(.login) {
                try await prompts(login)
            } else {
                throw failure("4.7.4", "\(hop.host) offers no way to log in that is known here")
            }
        guard reply.code == 235 else { throw refusal(.login, reply) }
    }

    private func failure(_ status: String, _ text: String) -> HopFailure {
        HopFailure(.login, HopReply(status: status, text: text))
    }

    /// RFC 4616.
    private func plain(_ login: RelayLogin) async throws(HopFailure) -> RemoteReply {
        let message = PlainMessage(authentication: login.user, password: Array(login.password.utf8))
        return try await say("AUTH PLAIN ", message.bytes)
    }

    private func prompts(_ login: RelayLogin) async throws(HopFailure) -> RemoteReply {
        var reply = try await answer(.login, to: "AUTH LOGIN")
        for words in [login.user, login.password] {
            guard reply.code == 334 else { return reply }
            reply = try await say("", Array(words.utf8))
        }
        return reply
    }

    /// RFC 7677, RFC 5802 §3. The server proves that it knows the password too; one that does not gets no mail.
    private func scram(_ login: RelayLogin) async throws(HopFailure) -> RemoteReply {
        var client = ScramClient(user: login.user, nonce: Base64.encode(randomBytes(ScramClient.nonceLength)))
        let challenge = try await say("AUTH SCRAM-SHA-256 ", client.first)
        guard challenge.code == 334 else { return try unproven(challenge) }
        guard let words = challenge.lines.first, let first = SASLBase64.decode(words),
            let task = client.read(first)
        else { throw failure("4.7.0", "\(hop.host) spoke no SCRAM") }
        let salted = await Self.salt(login.password, task)
        let verdict = try await say("", client.final(salted: salted))
        guard verdict.code == 334 else { return try unproven(verdict) }
        guard let proof = verdict.lines.first.flatMap({ SASLBase64.decode($0) }), client.isProof(proof) else {
            throw failure("4.7.0", "\(hop.host) does not know the password itself")
        }
        return try await say("", [])
    }

    /// RFC 4954 §4: the server's last message comes as a challenge of its own; a success without it proves nothing.
    private func unproven(_ verdict: RemoteReply) throws(HopFailure) -> RemoteReply {
        guard verdict.code == 235 else { return verdict }
        throw failure("4.7.0", "\(hop.host) did not prove that it knows the password")
    }

    /// Milliseconds of computing: not on the event loop.
    @concurrent private static func salt(_ password: String, _ task: ScramClient.Task) async -> [UInt8] {
        pbkdf2SHA256(password: Array(password.utf8), salt: task.salt, iterations: task.iterations)
    }

    private func say(_ command: String, _ octets: [UInt8]) async throws(HopFailure) -> RemoteReply {
        var commands = ClientCommands()
        commands.line(command, SASLBase64.encode(octets))
        connection.write(commands.bytes)
        return try await answer(.login, within: settings.replySeconds)
    }
}

extension RelayLogin {
    /// Others would have to be prepared (RFC 4013) as the server did it.
    fileprivate var isASCII: Bool { (user + password).utf8.allSatisfy { (0x20...0x7e).contains($0) } }
}
