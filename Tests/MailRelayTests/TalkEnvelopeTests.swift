import Foundation
import MailMessage
import MailStore
import MailWire
import Testing

@testable import MailRelay

/// MAIL, RCPT and the content, against hops that say all that hops say.
@Suite struct TalkEnvelopeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        var to = ["b@y.test"]
        var content = "Subject: hi\r\n\r\nhello\r\n"
        let script: String
        let results: [String]
        var patience = TalkCase.patient
        var testDescription: String { name }
    }

    static let bare = "S: 220 mx.test\nC: EHLO relay.test\nS: 250 mx.test\n"
    static let piped = "S: 220 mx.test\nC: EHLO relay.test\nS: 250-mx.test\nS: 250 PIPELINING\n"
    static let chunked =
        "S: 220 mx.test\nC: EHLO relay.test\nS: 250-mx.test\nS: 250-PIPELINING\nS: 250-BINARYMIME\nS: 250 CHUNKING\n"
    static let binary = "Subject: hi\r\n\r\nhe\nllo\r\n"
    static let three = ["b@y.test", "c@y.test", "d@y.test"]

    static let rows = [
        Row(
            name: "plain",
            script: bare + """
                C: MAIL FROM:<a@x.test>
                S: 250 ok
                C: RCPT TO:<b@y.test>
                S: 250 ok
                C: DATA
                S: 354 go
                ! data
                S: 250 2.0.0 queued as 17
                C: QUIT
                S: 221 bye
                """, results: ["delivered 250 2.0.0 queued as 17"]),
        Row(
            name: "HELO",
            script: """
                S: 220 mx.test
                C: EHLO relay.test
                S: 502 what
                C: HELO relay.test
                S: 250 mx.test
                C: MAIL FROM:<a@x.test>
                S: 250 ok
                C: RCPT TO:<b@y.test>
                S: 250 ok
                C: DATA
                S: 354 go
                ! data
                S: 250 ok
                C: QUIT
                S: 221 bye
                """, results: ["delivered 250 2.0.0 ok"]),
        Row(
            name: "MAIL refused for good",
            script: bare + """
                C: MAIL FROM:<a@x.test>
                S: 550 5.7.1 not you
                C: QUIT
                S: 221 bye
                """, results: ["failed 550 5.7.1 not you"]),
        Row(
            name: "MAIL deferred, in two lines",
            script: bare + """
                C: MAIL FROM:<a@x.test>
                S: 451-4.7.1 come
                S: 451 4.7.1 later
                C: QUIT
                S: 221 bye
                """, results: ["deferred 451 4.7.1 come later"]),
        Row(
            name: "MAIL answered with 354",
            script: bare + """
                C: MAIL FROM:<a@x.test>
                S: 354 go
                C: QUIT
                S: 221 bye
                """, results: ["deferred 354 4.5.0 unexpected: go"]),
        Row(
            name: "all recipients refused",
            to: three,
            script: bare + """
                C: MAIL FROM:<a@x.test>
                S: 250 ok
                C: RCPT TO:<b@y.test>
                S: 550 no such user
                C: RCPT TO:<c@y.test>
                S: 450 greylisted
                C: RCPT TO:<d@y.test>
                S: 553 5.1.3 bad
                C: QUIT
                S: 221 bye
                """,
            results: ["failed 550 5.0.0 no such user", "deferred 450 4.2.0 greylisted", "failed 553 5.1.3 bad"]),
        Row(
            name: "some refused, pipelined",
            to: three,
            script: piped + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: RCPT TO:<c@y.test>
                C: RCPT TO:<d@y.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 550 5.1.1 who
                S: 452 4.5.3 too many
                S: 354 go
                ! data
                S: 250 2.6.0 ok
                C: QUIT
                S: 221 bye
                """,
            results: ["delivered 250 2.6.0 ok", "failed 550 5.1.1 who", "postponed 452 4.5.3 too many"]),
        Row(
            name: "a full mailbox is not a full transaction",
            to: ["b@y.test", "c@y.test"],
            script: piped + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: RCPT TO:<c@y.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 452 4.2.2 full
                S: 354 go
                ! data
                S: 250 ok
                C: QUIT
                S: 221 bye
                """,
            results: ["delivered 250 2.0.0 ok", "deferred 452 4.2.2 full"]),
        Row(
            name: "nobody taken, but content asked for",
            script: piped + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: DATA
                S: 250 ok
                S: 550 5.1.1 who
                S: 354 go
                C: .
                S: 554 5.5.1 nobody
                C: QUIT
                S: 221 bye
                """, results: ["failed 550 5.1.1 who"]),
        Row(
            name: "MAIL refused, pipelined",
            script: piped + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: DATA
                S: 550 5.7.1 no
                S: 503 5.5.1 MAIL first
                S: 503 5.5.1 MAIL first
                C: QUIT
                S: 221 bye
                """, results: ["failed 550 5.7.1 no"]),
        Row(
            name: "DATA refused",
            script: piped + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 451 4.3.0 disk
                C: QUIT
                S: 221 bye
                """, results: ["deferred 451 4.3.0 disk"]),
        Row(
            name: "DATA answered with 250",
            script: piped + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 250 ok
                C: QUIT
                S: 221 bye
                """, results: ["deferred 250 4.5.0 unexpected: ok"]),
        Row(
            name: "the content refused",
            script: piped + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 354 go
                ! data
                S: 554 5.7.1 spam
                C: QUIT
                S: 221 bye
                """, results: ["failed 554 5.7.1 spam"]),
        Row(
            name: "421 to RCPT",
            to: ["b@y.test", "c@y.test"],
            script: bare + """
                C: MAIL FROM:<a@x.test>
                S: 250 ok
                C: RCPT TO:<b@y.test>
                S: 550 5.1.1 who
                C: RCPT TO:<c@y.test>
                S: 421 4.3.2 going down
                """, results: ["failed 550 5.1.1 who", "deferred 421 4.3.2 going down"]),
        Row(
            name: "421 to the content",
            script: piped + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 354 go
                ! data
                S: 421 4.3.2 going down
                """, results: ["deferred 421 4.3.2 going down"]),
        Row(
            name: "gone after the content",
            script: piped + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 354 go
                ! data
                ! close
                """, results: ["deferred 0 4.4.2 mx.test closed the connection (perhaps)"]),
        Row(
            name: "gone before the content",
            script: piped + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                ! close
                """, results: ["deferred 0 4.4.2 mx.test closed the connection"]),
        Row(
            name: "silent after the content",
            script: piped + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 354 go
                ! data
                ! wait 5500
                """, results: ["deferred 0 4.4.2 mx.test gave no whole answer within 3 s (perhaps)"],
            patience: TalkCase.impatient),
        Row(
            name: "octet by octet",
            script: bare + """
                C: MAIL FROM:<a@x.test>
                ! drip 250 what a wonderful day for a very long reply
                """, results: ["deferred 0 4.4.2 mx.test gave no whole answer within 3 s"], patience: TalkCase.impatient
        ),
        Row(
            name: "a reply without end",
            script: bare + """
                C: MAIL FROM:<a@x.test>
                ! flood 250-and another thing
                """, results: ["deferred 0 4.5.0 mx.test sent a reply of more than 256 lines"]),
        Row(
            name: "no reply of SMTP",
            script: bare + """
                C: MAIL FROM:<a@x.test>
                S: HTTP/1.1 400 Bad Request
                """, results: ["deferred 0 4.5.0 mx.test sent what is no reply of SMTP"]),
        Row(
            name: "NULs and controls in a reply",
            script: bare + """
                C: MAIL FROM:<a@x.test>
                S: 550 5.7.1 \u{0}no\u{1b}[31m
                C: QUIT
                S: 221 bye
                """, results: ["failed 550 5.7.1 ?no?[31m"]),
        Row(
            name: "no chunks for lines",
            script: chunked + """
                C: MAIL FROM:<a@x.test>
                C: RCPT TO:<b@y.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 354 go
                ! data
                S: 250 ok
                C: QUIT
                S: 221 bye
                """, results: ["delivered 250 2.0.0 ok"]),
        Row(
            name: "chunks",
            to: ["b@y.test", "c@y.test"],
            content: binary,
            script: chunked + """
                C: MAIL FROM:<a@x.test> BODY=BINARYMIME
                C: RCPT TO:<b@y.test>
                C: RCPT TO:<c@y.test>
                C: BDAT 23 LAST
                ! chunk
                S: 250 ok
                S: 250 ok
                S: 550 5.1.1 who
                S: 250 2.0.0 taken
                C: QUIT
                S: 221 bye
                """, results: ["delivered 250 2.0.0 taken", "failed 550 5.1.1 who"]),
        Row(
            name: "chunks for nobody",
            content: binary,
            script: chunked + """
                C: MAIL FROM:<a@x.test> BODY=BINARYMIME
                C: RCPT TO:<b@y.test>
                C: BDAT 23 LAST
                ! chunk
                S: 250 ok
                S: 450 4.7.1 greylisted
                S: 503 5.5.1 RCPT first
                C: QUIT
                S: 221 bye
                """, results: ["deferred 450 4.7.1 greylisted"]),
        Row(
            name: "gone after the chunk",
            content: binary,
            script: chunked + """
                C: MAIL FROM:<a@x.test> BODY=BINARYMIME
                C: RCPT TO:<b@y.test>
                C: BDAT 23 LAST
                ! chunk
                S: 250 ok
                S: 250 ok
                ! close
                """, results: ["deferred 0 4.4.2 mx.test closed the connection (perhaps)"]),
    ]

    @Test(arguments: rows) func dialogue(row: Row) async throws {
        let hop = try await ScriptedHop(row.script)
        let settings = try TalkCase.settings(patience: row.patience)
        let said = try await TalkCase.send(
            [TalkCase.message(to: row.to, content: row.content)], to: hop, settings: settings)
        #expect(said == [row.results])
        await hop.stop()
        #expect(hop.seen.mistakes == [])
    }

    /// What the hop offers decides what is said of the message.
    @Test func parameters() async throws {
        let script = """
            S: 220 mx.test
            C: EHLO relay.test
            S: 250-mx.test
            S: 250-SIZE 1000
            S: 250-DSN
            S: 250-SMTPUTF8
            S: 250-PIPELINING
            S: 250 8BITMIME
            C: MAIL FROM:<jörg@x.test> SIZE=24 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=e+2B1
            C: RCPT TO:<b@münchen.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b@y.test
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 354 go
            ! data
            S: 250 ok
            C: QUIT
            S: 221 bye
            """
        let hop = try await ScriptedHop(script)
        var message = TalkCase.message(
            to: ["b@münchen.test"], from: "jörg@x.test", content: "Subject: ü\r\n\r\n.ü\r\n..\r\n")
        message.notices = QueueNotices(envelopeID: "e+2B1", returnPart: "HDRS")
        message.recipients[0].notice = QueueNotice(notify: "SUCCESS,DELAY", original: "rfc822;b@y.test")
        #expect(try await TalkCase.send([message], to: hop) == [["delivered 250 2.0.0 ok (DSN)"]])
        await hop.stop()
        #expect(hop.seen.mistakes == [])
        #expect(hop.seen.contents == ["Subject: ü\r\n\r\n.ü\r\n..\r\n"])
    }

    /// Without SMTPUTF8 a domain has another spelling, a local part has none.
    @Test func asciiDomains() async throws {
        let hop = try await ScriptedHop(
            Self.piped + """
                C: MAIL FROM:<a@xn--mnchen-3ya.test>
                C: RCPT TO:<b@xn--mnchen-3ya.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 354 go
                ! data
                S: 250 ok
                C: QUIT
                S: 221 bye
                """)
        var message = TalkCase.message(to: ["b@münchen.test", "jörg@y.test"], from: "a@münchen.test")
        message.isInternational = true  // said so, and needless
        let said = try await TalkCase.send([message], to: hop)
        #expect(
            said == [
                [
                    "delivered 250 2.0.0 ok",
                    "failed 0 5.6.7 mx.test does not take such an address: it lacks SMTPUTF8",
                ]
            ])
        await hop.stop()
        #expect(hop.seen.mistakes == [])
    }

    /// What is known from EHLO is not asked: the connection stays as it was.
    @Test func refusedBeforehand() async throws {
        let hop = try await ScriptedHop(
            """
            S: 220 mx.test
            C: EHLO relay.test
            S: 250-mx.test
            S: 250 SIZE 40
            C: QUIT
            S: 221 bye
            """)
        let large = TalkCase.message(content: "Subject: hi\r\n\r\n" + String(repeating: "x", count: 40) + "\r\n")
        var strict = TalkCase.message()
        strict.requiresTLS = true
        var international = TalkCase.message(content: "Subject: ü\r\n\r\nhi\r\n")
        international.isInternational = true
        let local = TalkCase.message(from: "jörg@x.test")
        let said = try await TalkCase.send([large, strict, international, local], to: hop)
        #expect(
            said.flatMap { $0 } == [
                "failed 0 5.3.4 the message has 57 octets, and mx.test takes 40",
                "failed 0 5.7.30 the sender demands REQUIRETLS, and mx.test has not proved who it is",
                "failed 0 5.6.7 the header is internationalised, and mx.test lacks SMTPUTF8",
                "failed 0 5.6.7 mx.test does not take the sender's address: it lacks SMTPUTF8",
            ])
        await hop.stop()
        #expect(hop.seen.mistakes == [])
    }

    @Test func nullSenderAndSignature() async throws {
        let hop = try await ScriptedHop(
            Self.piped + """
                C: MAIL FROM:<>
                C: RCPT TO:<b@y.test>
                C: DATA
                S: 250 ok
                S: 250 ok
                S: 354 go
                ! data
                S: 250 ok
                C: QUIT
                S: 221 bye
                """)
        var message = TalkCase.message(from: nil)
        message.sign = { content in
            let thread = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
            let isLoop = thread?.hasPrefix("NIO") ?? true
            return Array("DKIM-Signature: over \(content.size)\(isLoop ? " on the loop" : "")\r\n".utf8)
        }
        #expect(try await TalkCase.send([message], to: hop) == [["delivered 250 2.0.0 ok"]])
        await hop.stop()
        #expect(hop.seen.mistakes == [])
        #expect(hop.seen.contents == ["DKIM-Signature: over 22\r\nSubject: hi\r\n\r\nhello\r\n"])
    }

    /// RFC 9422: recipients beyond the limit wait for the next transaction, and so many transactions there are.
    @Test func limits() async throws {
        let one = """
            C: MAIL FROM:<a@x.test>
            C: RCPT TO:<b@y.test>
            C: RCPT TO:<c@y.test>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 250 ok
            S: 354 go
            ! data
            S: 250 ok

            """
        let hop = try await ScriptedHop(
            "S: 220 mx.test\nC: EHLO relay.test\nS: 250-mx.test\nS: 250-PIPELINING\nS: 250 LIMITS MAILMAX=2 RCPTMAX=2\n"
                + one + one + "C: QUIT\nS: 221 bye")
        let settings = try TalkCase.settings()
        let session = try await HopSession.open(hop.hop(), address: .loopback, settings: settings)
        let message = TalkCase.message(to: Self.three)
        #expect(
            await session.send(message).map(\.summary).last
                == "postponed 0 4.5.3 mx.test takes no more recipients at once")
        #expect(await session.isReusable)
        _ = await session.send(message)
        #expect(await !session.isReusable)
        await session.close()
        await hop.stop()
        #expect(hop.seen.mistakes == [])
    }

    /// 1,000 recipients in windows: each is answered before the next begins, so that no buffer fills on both sides.
    @Test func manyRecipients() async throws {
        let names = (0..<1_000).map { "user\($0)@y.test" }
        var script = Self.piped + "C: MAIL FROM:<a@x.test>\n"
        var waiting = 1
        for name in names {
            if waiting == HopSession.mostPipelined {
                script += String(repeating: "S: 250 ok\n", count: waiting)
                waiting = 0
            }
            script += "C: RCPT TO:<\(name)>\n"
            waiting += 1
        }
        script += "C: DATA\n" + String(repeating: "S: 250 ok\n", count: waiting)
        script += "S: 354 go\n! data\nS: 250 ok\nC: QUIT\nS: 221 bye"
        let hop = try await ScriptedHop(script)
        let said = try await TalkCase.send([TalkCase.message(to: names)], to: hop)
        #expect(said == [Array(repeating: "delivered 250 2.0.0 ok", count: 1_000)])
        await hop.stop()
        #expect(hop.seen.mistakes == [])
    }
}
