import MailMessage
import MailNetwork
import MailTransport
import MailWire
import Testing

@testable import MailRelay

/// Connections: how they begin, last and break.
@Suite struct TalkSessionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let script: String
        let failure: String
        var testDescription: String { name }
    }

    static let rows = [
        Row(
            name: "554 instead of a greeting", script: "S: 554 5.3.2 no mail here\nC: QUIT",
            failure: "greeting 554 4.3.2 no mail here"),
        Row(name: "421 instead of a greeting", script: "S: 421 4.7.0 later", failure: "greeting 421 4.7.0 later"),
        Row(name: "gone at once", script: "! close", failure: "greeting 0 4.4.2 mx.test closed the connection"),
        Row(name: "silent", script: "! wait 5500", failure: "greeting 0 4.4.2 mx.test gave no whole answer within 3 s"),
        Row(
            name: "a greeting in drops", script: "! drip 220 mx.test and some more words, and a few more after those",
            failure: "greeting 0 4.4.2 mx.test gave no whole answer within 3 s"),
        Row(
            name: "a greeting without end", script: "! flood 220-welcome",
            failure: "greeting 0 4.5.0 mx.test sent a reply of more than 256 lines"),
        Row(
            name: "lines without end", script: "! flood 220-" + String(repeating: "x", count: 3_000),
            failure: "greeting 0 4.5.0 mx.test sent a reply of more than 65536 octets"),
        Row(
            name: "a line without end", script: "S: 220 " + String(repeating: "x", count: 5_000),
            failure: "greeting 0 4.5.0 mx.test sent a line longer than 4096 octets"),
        Row(
            name: "another protocol", script: "S: * OK IMAP4rev1",
            failure: "greeting 0 4.5.0 mx.test sent what is no reply of SMTP"),
        Row(
            name: "EHLO deferred", script: "S: 220 mx.test\nC~ EHLO\nS: 451 4.3.0 busy\nC: QUIT",
            failure: "hello 451 4.3.0 busy"),
        Row(
            name: "HELO refused too",
            script: "S: 220 mx.test\nC~ EHLO\nS: 550 5.7.1 go away\nC~ HELO\nS: 550 5.7.1 away\nC: QUIT",
            failure: "hello 550 4.7.1 away"),
    ]

    @Test(arguments: rows) func beginning(row: Row) async throws {
        let hop = try await ScriptedHop(row.script)
        let patience = row.failure.contains("within") ? TalkCase.impatient : TalkCase.patient
        var settings = try TalkCase.settings(patience: patience)
        settings.greetingSeconds = patience
        let failure = try await TalkCase.failure(hop, settings: settings)
        #expect(failure.map { "\($0.stage.rawValue) \($0.reply.summary)" } == row.failure)
        await hop.stop()
        #expect(hop.seen.mistakes.filter { !$0.contains("reset") } == [])
    }

    @Test func nobodyListens() async throws {
        let hop = try await ScriptedHop("")
        let elsewhere = IPAddress(v4: 0x7f00_0009)
        let failure = await #expect(throws: HopFailure.self) {
            try await HopSession.open(hop.hop(), address: elsewhere, settings: TalkCase.settings())
        }
        await hop.stop()
        #expect(failure?.stage == .connect)
        #expect(failure?.reply.summary == "0 4.4.1 cannot connect to mx.test (127.0.0.9): Connection refused")
    }

    /// Of several families the one that fits; an address that is not this machine's leads nowhere.
    @Test(arguments: [(0x7f00_0005, true), (0xc000_02c8, false)] as [(UInt32, Bool)])
    func sourceAddresses(number: UInt32, isHere: Bool) async throws {
        let hop = try await ScriptedHop(Self.greeting + Self.transaction + "C: QUIT\nS: 221 bye")
        var settings = try TalkCase.settings()
        settings.sources = [try #require(IPAddress("2001:db8::1")), IPAddress(v4: number)]
        if isHere {
            let said = try await TalkCase.send([TalkCase.message()], to: hop, settings: settings)
            #expect(said == [["delivered 250 2.0.0 ok"]])
        } else {
            let failure = try await TalkCase.failure(hop, settings: settings)
            #expect(failure?.stage == .connect)
            #expect(
                failure?.reply.summary.contains("assign requested address") == true, "\(String(describing: failure))")
        }
        await hop.stop()
    }

    static let greeting = "S: 220 mx.test\nC: EHLO relay.test\nS: 250-mx.test\nS: 250 PIPELINING\n"
    static let transaction = """
        C: MAIL FROM:<a@x.test>
        C: RCPT TO:<b@y.test>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        ! data
        S: 250 ok

        """

    @Test func oneAfterTheOther() async throws {
        let refused =
            "C: MAIL FROM:<a@x.test>\nC: RCPT TO:<b@y.test>\nC: DATA\nS: 250 ok\nS: 550 5.1.1 who\nS: 554 5.5.1 nobody\n"
        let again = "C: RSET\n" + Self.transaction.replacingFirst("S: 250 ok", with: "S: 250 reset\nS: 250 ok")
        let hop = try await ScriptedHop(
            Self.greeting + Self.transaction + refused + again + Self.transaction + "C: QUIT\nS: 221 bye")
        let said = try await TalkCase.send(Array(repeating: TalkCase.message(), count: 4), to: hop)
        #expect(
            said.flatMap { $0 } == [
                "delivered 250 2.0.0 ok", "failed 550 5.1.1 who", "delivered 250 2.0.0 ok", "delivered 250 2.0.0 ok",
            ])
        await hop.stop()
        #expect(hop.seen.mistakes == [])
        #expect(hop.seen.connections == 1)
    }

    /// Closed between two messages: nothing was decided. Closed in the middle of the second: deferred.
    @Test(arguments: [
        ("! close", "postponed 0 4.4.2 mx.test had closed the connection"),
        ("S: 421 4.4.2 idle", "postponed 0 4.4.2 mx.test had closed the connection"),
        ("C: MAIL FROM:<a@x.test>\n! close", "postponed 0 4.4.2 mx.test closed the connection"),
        ("C: MAIL FROM:<a@x.test>\nS: 421 4.4.2 idle", "postponed 421 4.4.2 idle"),
        ("C: MAIL FROM:<a@x.test>\nS: 250 ok\n! wait 50\n! close", "deferred 0 4.4.2 mx.test closed the connection"),
        ("C: MAIL FROM:<a@x.test>\n! wait 4500", "deferred 0 4.4.2 mx.test gave no whole answer within 3 s"),
    ])
    func closedBetween(end: String, result: String) async throws {
        let hop = try await ScriptedHop(Self.greeting + Self.transaction + end)
        let patience = result.contains("within") ? TalkCase.impatient : TalkCase.patient
        let settings = try TalkCase.settings(patience: patience)
        let session = try await HopSession.open(hop.hop(), address: .loopback, settings: settings)
        _ = await session.send(TalkCase.message())
        try await Task.sleep(for: .milliseconds(300))
        #expect(await session.send(TalkCase.message()).map(\.summary) == [result])
        #expect(await !session.isReusable)
        await session.close()
        await hop.stop()
    }

    /// The hop's words are cut after every octet: nobody is ever delivered without the whole last reply, and a message that
    /// may have arrived is never called one that has not.
    @Test func cutAtEveryOctet() async throws {
        let script = Self.greeting + Self.transaction + "C: QUIT\nS: 221 bye"
        let said = script.split(separator: "\n").filter { $0.hasPrefix("S: ") }.map { String($0.dropFirst(3)) + "\r\n" }
        let whole = said.joined().utf8.count
        let verdict = said.dropLast().joined().utf8.count
        let content = said.dropLast(2).joined().utf8.count
        for length in 0..<whole {
            let hop = try await ScriptedHop([script], cutAfter: length)
            var outcome = "not open"
            if let session = try? await HopSession.open(hop.hop(), address: .loopback, settings: TalkCase.settings()) {
                outcome = await session.send(TalkCase.message()).map(\.summary).joined()
                await session.close()
            }
            await hop.stop()
            let wanted =
                switch length {
                case verdict...: "delivered 250 2.0.0 ok"
                case content...: "deferred 0 4.4.2 mx.test closed the connection (perhaps)"
                default: outcome.hasSuffix("(perhaps)") || outcome.hasPrefix("delivered") ? "neither" : outcome
                }
            #expect(outcome == wanted, "after \(length) octets")
        }
    }

    /// A reply nobody asked for: the next would be taken for another's, so no message follows.
    @Test func unasked() async throws {
        let hop = try await ScriptedHop(Self.greeting + Self.transaction + "S: 250 again\n! wait 500")
        let session = try await HopSession.open(hop.hop(), address: .loopback, settings: TalkCase.settings())
        #expect(await session.send(TalkCase.message()).map(\.summary) == ["delivered 250 2.0.0 ok"])
        try await Task.sleep(for: .milliseconds(100))
        #expect(await !session.isReusable)
        await session.close()
        await hop.stop()
    }

    /// A hop that does not answer QUIT is not waited for long.
    @Test func quickGoodbye() async throws {
        let hop = try await ScriptedHop(Self.greeting + "C: QUIT\n! wait 25000")
        let session = try await HopSession.open(hop.hop(), address: .loopback, settings: TalkCase.settings())
        let began = ContinuousClock.now
        await session.close()
        #expect(began.duration(to: .now) < .seconds(20))
        await hop.stop()
    }

    // MARK: Large content

    static func large(_ octets: Int) -> String {
        "Subject: large\r\n\r\n"
            + String(repeating: String(repeating: "x", count: 70) + "\r\n.\r\n", count: octets / 75)
    }

    @Test func largeByDATA() async throws {
        let hop = try await ScriptedHop(Self.greeting + Self.transaction + "C: QUIT\nS: 221 bye")
        let content = Self.large(3_000_000)
        #expect(try await TalkCase.send([TalkCase.message(content: content)], to: hop) == [["delivered 250 2.0.0 ok"]])
        await hop.stop()
        #expect(hop.seen.contents.first == content)
    }

    @Test func largeByBDAT() async throws {
        let content = Self.large(3_000_000) + "\n.\n\u{0}"
        let hop = try await ScriptedHop(
            """
            S: 220 mx.test
            C: EHLO relay.test
            S: 250-mx.test
            S: 250-PIPELINING
            S: 250-BINARYMIME
            S: 250 CHUNKING
            C: MAIL FROM:<a@x.test> BODY=BINARYMIME
            C: RCPT TO:<b@y.test>
            S: 250 ok
            S: 250 ok
            C: BDAT \(content.utf8.count) LAST
            ! chunk
            S: 250 ok
            C: QUIT
            S: 221 bye
            """)
        #expect(try await TalkCase.send([TalkCase.message(content: content)], to: hop) == [["delivered 250 2.0.0 ok"]])
        await hop.stop()
        #expect(hop.seen.mistakes == [])
        #expect(hop.seen.contents.first == content)
    }

    static let halfway =
        "C: MAIL FROM:<a@x.test>\nC: RCPT TO:<b@y.test>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\n! take 100000\n"

    @Test(arguments: [
        ("S: 552 5.3.4 too large\n! wait 100\n! close", "failed 552 5.3.4 too large"),
        ("S: 451 4.3.1 disk full\n! wait 100\n! close", "deferred 451 4.3.1 disk full"),
        ("! reset", "deferred 0 4.4.2 the connection to mx.test was lost"),
        ("! wait 5500", "deferred 0 4.4.2 mx.test did not take the message, or too slowly, for 3 s"),
    ])
    func brokenInTheMiddle(end: String, result: String) async throws {
        let hop = try await ScriptedHop(Self.greeting + Self.halfway + end)
        let settings = try TalkCase.settings(patience: result.contains(" 3 s") ? TalkCase.impatient : TalkCase.patient)
        let large = TalkCase.message(content: Self.large(30_000_000))
        let said = try await TalkCase.send([large], to: hop, settings: settings)
        #expect(said == [[result]])
        await hop.stop()
    }
}

extension String {
    func replacingFirst(_ old: String, with new: String) -> String {
        guard let range = firstRange(of: old) else { return self }
        return self[..<range.lowerBound] + new + self[range.upperBound...]
    }
}
