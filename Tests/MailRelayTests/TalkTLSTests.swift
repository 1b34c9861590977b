import MailTransport
import Testing

@testable import MailRelay

/// What hops show for certificates, and what is demanded of them.
@Suite struct TalkTLSTests {
    let certificates: TalkCertificates
    let settings: TalkSettings

    init() throws {
        certificates = try TalkCertificates.shared.get()
        settings = try TalkCase.settings(RelayTLS(authorities: .authorities(file: certificates.authority)))
    }

    static let clear = """
        S: 220 mx.test
        C: EHLO relay.test
        S: 250-mx.test
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go
        ! tls

        """
    static let inside = "C: EHLO relay.test\nS: 250 mx.test\n"
    static let goodbye = "C: QUIT\nS: 221 bye"
    static let transaction = """
        C: MAIL FROM:<a@x.test>
        S: 250 ok
        C: RCPT TO:<b@y.test>
        S: 250 ok
        C: DATA
        S: 354 go
        ! data
        S: 250 ok

        """

    /// How the session stood when it was open, or how it failed.
    private func outcome(
        _ server: TLSServerContext?, _ demand: TLSDemand, script: String = clear + inside + goodbye
    ) async throws -> String {
        let hop = try await ScriptedHop(script, tls: server)
        let text: String
        do throws(HopFailure) {
            let session = try await HopSession.open(hop.hop(demand), address: .loopback, settings: settings)
            text = await session.tls.map { $0.proof.words } ?? "clear"
            await session.close()
        } catch {
            text = "\(error.reply.status) \(error.tlsFault?.rawValue ?? "-"): \(error.reply.text)"
        }
        await hop.stop()
        return text
    }

    @Test func anybody() async throws {
        let stranger = try certificates.issue("stranger-mx", name: "other.test", days: -1, by: "stranger")
        #expect(try await outcome(stranger, .opportunistic) == "unverified")
        #expect(try await outcome(stranger, .encrypted) == "unverified")
    }

    @Test func names() async throws {
        let right = try certificates.issue("right", name: "mx.test")
        #expect(try await outcome(right, .verified(names: ["mx.test"])) == "verified mx.test")
        #expect(try await outcome(right, .verified(names: [])) == "verified mx.test")
        #expect(try await outcome(right, .verified(names: ["other.test", "mx.test"])) == "verified mx.test")
        #expect(try await outcome(right, .verified(names: ["*.test"])) == "verified mx.test")
        let other = "4.7.5 certificate-host-mismatch: the certificate of mx.test is not for "
        #expect(try await outcome(right, .verified(names: ["y.test", "z.test"])) == other + "y.test or z.test")
        #expect(try await outcome(right, .verified(names: ["*.mx.test"])) == other + "*.mx.test")
        #expect(try await outcome(right, .verified(names: ["*"])) == other + "*")
    }

    @Test func wildcardCertificate() async throws {
        let wild = try certificates.issue("wild", name: "*.mx.test")
        #expect(try await outcome(wild, .verified(names: ["a.mx.test"])) == "verified *.mx.test")
        #expect(try await outcome(wild, .verified(names: ["*.mx.test"])) == "verified *.mx.test")
        #expect(try await outcome(wild, .verified(names: ["a.b.mx.test"])).hasPrefix("4.7.5 certificate-host-mismatch"))
        #expect(try await outcome(wild, .verified(names: ["mx.test"])).hasPrefix("4.7.5 certificate-host-mismatch"))
    }

    @Test func untrusted() async throws {
        let expired = try certificates.issue("expired", name: "mx.test", days: -1)
        #expect(
            try await outcome(expired, .verified(names: ["mx.test"]))
                == "4.7.5 certificate-expired: the certificate of mx.test has expired or is not valid yet")
        let stranger = try certificates.issue("foreign", name: "mx.test", by: "stranger")
        #expect(
            try await outcome(stranger, .verified(names: ["mx.test"]))
                .hasPrefix("4.7.5 certificate-not-trusted: the certificate of mx.test is not trusted: "))
    }

    /// RFC 7672 §3.1.1: with DANE-EE neither names nor dates nor authorities count.
    @Test func endEntityRecords() async throws {
        let server = try certificates.issue("dane-ee", name: "other.test", days: -1, by: "stranger")
        let leaf = "\(certificates.directory)/dane-ee.leaf"
        let wrong = "4.7.5 tlsa-invalid: the certificate of mx.test fits none of its TLSA records (DANE)"
        for (selector, matching) in [(1, 1), (1, 2), (0, 1), (0, 2), (1, 0), (0, 0)] as [(UInt8, UInt8)] {
            let right = try certificates.record(3, selector, matching, of: leaf)
            let words = "DANE 3 \(selector) \(matching)"
            #expect(try await outcome(server, .dane([right], names: ["mx.test"])) == words)
        }
        let other = try certificates.record(3, 1, 1, of: certificates.authority)
        #expect(try await outcome(server, .dane([other], names: ["mx.test"])) == wrong)
        let right = try certificates.record(3, 1, 1, of: leaf)
        #expect(try await outcome(server, .dane([other, right], names: ["mx.test"])) == "DANE 3 1 1")
    }

    /// RFC 7672 §3.1.2: with DANE-TA the name and the dates count.
    @Test func authorityRecords() async throws {
        let server = try certificates.issue("dane-ta", name: "mx.test", by: "stranger")
        let right = try certificates.record(2, 0, 1, of: "\(certificates.directory)/stranger.pem")
        #expect(try await outcome(server, .dane([right], names: ["mx.test"])) == "DANE 2 0 1")
        #expect(try await outcome(server, .dane([right], names: [])) == "DANE 2 0 1")
        #expect(
            try await outcome(server, .dane([right], names: ["y.test"]))
                == "4.7.5 certificate-host-mismatch: the certificate of mx.test is not for y.test")
        let wrong = try certificates.record(2, 0, 1, of: certificates.authority)
        #expect(try await outcome(server, .dane([wrong], names: ["mx.test"])).hasPrefix("4.7.5 tlsa-invalid"))
        let old = try certificates.issue("dane-old", name: "mx.test", days: -1, by: "stranger")
        #expect(try await outcome(old, .dane([right], names: ["mx.test"])).hasPrefix("4.7.5 certificate-expired"))
    }

    /// RFC 7672 §2.2: TLS is a must, but nothing can be asked.
    @Test func unusableRecords() async throws {
        let server = try certificates.issue("unusable", name: "other.test", by: "stranger")
        let records = [
            TLSARecord(usage: 1, selector: 1, matching: 1, data: String(repeating: "ab", count: 32)),
            TLSARecord(usage: 3, selector: 1, matching: 1, data: "abcd"),
            TLSARecord(usage: 3, selector: 1, matching: 9, data: String(repeating: "ab", count: 32)),
            TLSARecord(usage: 3, selector: 1, matching: 1, data: "no hex"),
        ]
        #expect(try await outcome(server, .dane(records, names: ["mx.test"])) == "unverified")
        let plain = "S: 220 mx.test\nC: EHLO relay.test\nS: 250 mx.test\n" + Self.goodbye
        #expect(
            try await outcome(nil, .dane(records, names: []), script: plain).hasPrefix("4.7.4 starttls-not-supported"))
    }

    @Test func notOffered() async throws {
        let plain = "S: 220 mx.test\nC: EHLO relay.test\nS: 250 mx.test\n" + Self.goodbye
        #expect(try await outcome(nil, .opportunistic, script: plain) == "clear")
        #expect(
            try await outcome(nil, .encrypted, script: plain)
                == "4.7.4 starttls-not-supported: mx.test does not offer STARTTLS, but TLS is required")
        let refusing = Self.clear.split(separator: "\n").prefix(5).joined(separator: "\n") + "\nS: 454 4.7.0 not now\n"
        #expect(try await outcome(nil, .opportunistic, script: refusing + Self.goodbye) == "clear")
        #expect(
            try await outcome(nil, .verified(names: ["mx.test"]), script: refusing + Self.goodbye)
                == "4.7.4 starttls-not-supported: mx.test refuses STARTTLS: 454 not now, but TLS with a verified certificate is required"
        )
    }

    /// RFC 7435: no TLS at all is no worse than TLS that does not work.
    @Test func brokenHandshake() async throws {
        let broken = Self.clear.replacingFirst("! tls", with: "S: what do you mean?\n! close")
        let plain =
            "S: 220 mx.test\nC: EHLO relay.test\nS: 250-mx.test\nS: 250 STARTTLS\n" + Self.transaction + Self.goodbye
        let hop = try await ScriptedHop([broken, plain])
        let session = try await HopSession.open(hop.hop(), address: .loopback, settings: settings)
        #expect(await session.tls == nil)
        #expect(session.tlsFault == .validationFailure)
        #expect(await session.send(TalkCase.message()).map(\.summary) == ["delivered 250 2.0.0 ok"])
        await session.close()
        await hop.stop()
        #expect(hop.seen.mistakes == [])
        #expect(hop.seen.connections == 2)
        #expect(
            try await outcome(nil, .encrypted, script: broken).hasPrefix(
                "4.7.5 validation-failure: TLS with mx.test failed: "))
    }

    /// RFC 8461 §5: a policy that is being tested keeps no mail back, and what would fail is told.
    @Test func tested() async throws {
        let right = try certificates.issue("tested", name: "mx.test")
        #expect(try await outcome(right, .tested(names: ["mx.test"])) == "verified mx.test")
        let hop = try await ScriptedHop(Self.clear + Self.inside + Self.transaction + Self.goodbye, tls: right)
        let session = try await HopSession.open(
            hop.hop(.tested(names: ["other.test"])), address: .loopback, settings: settings)
        #expect(await session.tls?.proof.words == "unverified")
        #expect(session.tlsFault == .hostMismatch)
        #expect(await session.send(TalkCase.message()).map(\.summary) == ["delivered 250 2.0.0 ok"])
        await session.close()
        await hop.stop()
        #expect(hop.seen.connections == 2)
    }

    /// What breaks first is what is told, however little is left in the end.
    @Test func testedAndBroken() async throws {
        let broken = Self.clear.replacingFirst("! tls", with: "S: what do you mean?\n! close")
        let plain = "S: 220 mx.test\nC: EHLO relay.test\nS: 250 mx.test\n" + Self.goodbye
        let hop = try await ScriptedHop([broken, broken, plain])
        let session = try await HopSession.open(hop.hop(.tested(names: [])), address: .loopback, settings: settings)
        #expect(await session.tls == nil)
        #expect(session.tlsFault == .validationFailure)
        await session.close()
        await hop.stop()
        #expect(hop.seen.connections == 3)
    }

    /// RFC 3207 §4.2, CVE-2011-0411: what stands behind the 220 in the clear is not taken for what TLS brought.
    @Test func injection() async throws {
        let injected = Self.clear.replacingFirst("S: 220 go", with: "S- 220 go\r\n250 mx.test\r\n")
        #expect(
            try await outcome(
                try certificates.issue("injected", name: "mx.test"), .encrypted, script: injected + Self.inside)
                == "4.7.5 validation-failure: TLS with mx.test failed: plain text behind the answer to STARTTLS")
    }

    @Test func implicit() async throws {
        let server = try certificates.issue("implicit", name: "mx.test")
        let script = "S: 220 mx.test\n" + Self.inside + Self.transaction + Self.goodbye
        let hop = try await ScriptedHop([script], tls: server, implicit: true)
        let next = hop.hop(.implicit(names: ["mx.test"]))
        let session = try await HopSession.open(next, address: .loopback, settings: settings)
        guard case .delivered(_, _, let tls)? = await session.send(TalkCase.message()).first else {
            Issue.record("not delivered")
            return
        }
        #expect(tls.hasPrefix("TLSv1.3 TLS_") && tls.hasSuffix(", verified mx.test"))
        await session.close()
        await hop.stop()
    }

    // MARK: What needs TLS

    @Test func requireTLS() async throws {
        let server = try certificates.issue("require", name: "mx.test")
        let script =
            Self.clear + "C: EHLO relay.test\nS: 250-mx.test\nS: 250 REQUIRETLS\n"
            + Self.transaction.replacingFirst("<a@x.test>", with: "<a@x.test> REQUIRETLS") + Self.goodbye
        var message = TalkCase.message()
        message.requiresTLS = true
        for (demand, result) in [
            (.verified(names: []), "delivered 250 2.0.0 ok"),
            (.encrypted, "failed 0 5.7.30 the sender demands REQUIRETLS, and mx.test has not proved who it is"),
        ] as [(TLSDemand, String)] {
            let hop = try await ScriptedHop(script, tls: server)
            #expect(try await TalkCase.send([message], to: hop, demand, settings: settings) == [[result]])
            await hop.stop()
        }
        let hop = try await ScriptedHop(Self.clear + Self.inside + Self.goodbye, tls: server)
        let said = try await TalkCase.send([message], to: hop, .verified(names: []), settings: settings)
        #expect(said == [["failed 0 5.7.30 the sender demands REQUIRETLS, and mx.test does not offer REQUIRETLS"]])
        await hop.stop()
    }

    static let login = RelayLogin(user: "user", password: "secret")

    @Test(
        arguments: [
            ("PLAIN LOGIN", "C: AUTH PLAIN AHVzZXIAc2VjcmV0\nS: 235 2.7.0 welcome\n", nil),
            (
                "LOGIN",
                "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: dXNlcg==\nS: 334 UGFzc3dvcmQ6\nC: c2VjcmV0\nS: 235 ok\n", nil
            ),
            ("PLAIN", "C: AUTH PLAIN AHVzZXIAc2VjcmV0\nS: 535 5.7.8 wrong\n", "535 4.7.8 wrong"),
            ("PLAIN", "C: AUTH PLAIN AHVzZXIAc2VjcmV0\nS: 334 \n", "334 4.5.0 "),
            ("GSSAPI", "", "0 4.7.4 mx.test offers no way to log in that is known here"),
            (
                "SCRAM-SHA-256 PLAIN", "C~ AUTH SCRAM-SHA-256 biwsbj11c2VyLHI9\nS: 334 bm9uc2Vuc2U=\n",
                "0 4.7.0 mx.test spoke no SCRAM"
            ),
            (
                "SCRAM-SHA-256", "C~ AUTH SCRAM-SHA-256 \nS: 235 2.7.0 of course\n",
                "0 4.7.0 mx.test did not prove that it knows the password"
            ),
        ] as [(String, String, String?)])
    func logins(offer: String, dialogue: String, failure: String?) async throws {
        let server = try certificates.issue("login-\(UInt32.random(in: 0 ... .max))", name: "mx.test")
        let script = Self.clear + "C: EHLO relay.test\nS: 250-mx.test\nS: 250 AUTH \(offer)\n" + dialogue + Self.goodbye
        let hop = try await ScriptedHop(script, tls: server)
        let found = try await TalkCase.failure(hop, .verified(names: []), settings: settings, login: Self.login)
        #expect(found?.reply.summary == failure)
        await hop.stop()
        if failure == nil { #expect(hop.seen.mistakes == []) }
    }

    /// Whoever stands between shows any certificate, and offers what hands the password over.
    @Test(arguments: ["PLAIN", "LOGIN", "PLAIN LOGIN"])
    func noPasswordForAnybody(offer: String) async throws {
        let server = try certificates.issue("anybody-\(UInt32.random(in: 0 ... .max))", name: "mx.test")
        let script = Self.clear + "C: EHLO relay.test\nS: 250-mx.test\nS: 250 AUTH \(offer)\n" + Self.goodbye
        let hop = try await ScriptedHop(script, tls: server)
        let found = try await TalkCase.failure(hop, .encrypted, settings: settings, login: Self.login)
        #expect(
            found?.reply.summary
                == "0 4.7.10 mx.test has not proved who it is, and asks for the password: tls=verified, or SCRAM there")
        await hop.stop()
        #expect(!hop.seen.lines.contains { $0.hasPrefix("AUTH") })
    }

    /// The password never goes in the clear.
    @Test func noLoginInTheClear() async throws {
        let hop = try await ScriptedHop(
            "S: 220 mx.test\nC: EHLO relay.test\nS: 250-mx.test\nS: 250 AUTH PLAIN\n" + Self.goodbye)
        let found = try await TalkCase.failure(hop, settings: settings, login: Self.login)
        #expect(found?.reply.summary == "0 4.7.10 mx.test offers no TLS, and the password needs it")
        await hop.stop()
        #expect(hop.seen.lines == ["EHLO relay.test", "QUIT"])
    }
}
