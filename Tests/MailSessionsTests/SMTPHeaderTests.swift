import MailMessage
import MailNetwork
import MailStore
import MailTransport
import MailWire
import Testing

@testable import MailSessions

@Suite struct SMTPHeaderTests {
    struct Row: Sendable {
        var header: String
        var hops = 0
        var hasDate = false
        var hasMessageID = false
        var isOver = true
    }

    @Test(arguments: [
        ("NOTIFY=NEVER", "NEVER", ""), ("NOTIFY=delay,SUCCESS", "SUCCESS,DELAY", ""), ("", "", ""),
        ("ORCPT=rfc822;a+2Bb@x.example NOTIFY=FAILURE", "FAILURE", "rfc822;a+2Bb@x.example"),
    ])
    func noticesOfARecipient(parameters: String, notify: String, original: String) throws {
        let line = Array("RCPT TO:<a@x.example> \(parameters)".utf8)
        guard case .rcpt(_, let parsed) = try SMTPCommand.parse(line) else { throw SMTPError.syntax }
        #expect(QueueNotice(parsed) == QueueNotice(notify: notify, original: original))
    }

    @Test func noticesOfAMessage() throws {
        let line = Array("MAIL FROM:<a@x.example> RET=hdrs ENVID=QQ+3D".utf8)
        guard case .mail(_, let parsed) = try SMTPCommand.parse(line) else { throw SMTPError.syntax }
        #expect(QueueNotices(parsed) == QueueNotices(envelopeID: "QQ+3D", returnPart: "HDRS"))
    }

    static let rows = [
        Row(header: "\r\n"), Row(header: "A: b\r\n\r\nReceived: x\r\nDate: x\r\n"),
        Row(header: "Received: a\r\nreceived: b\r\nRECEIVED: c\r\n\tReceived: d\r\n\r\n", hops: 3),
        Row(header: "Date: x\r\nMessage-Id: <a>\r\n\r\n", hasDate: true, hasMessageID: true),
        Row(header: "Dates: x\r\nX-Date: y\r\nMessage-IDs: z\r\nDate : x\r\n\r\n"),
        Row(header: "Date: no end of the header\r\n", hasDate: true, isOver: false),
        Row(header: "date:\r\nA\r\n\r\n", hasDate: true),
    ]

    @Test(arguments: rows) func scanCutAnywhere(row: Row) {
        let bytes = Array(row.header.utf8)
        for cut in 0...bytes.count {
            var scan = HeaderScan()
            bytes[..<cut].withUnsafeBytes { scan.consume($0) }
            bytes[cut...].withUnsafeBytes { scan.consume($0) }
            #expect(scan.hops == row.hops && scan.isOver == row.isOver)
            #expect(scan.hasDate == row.hasDate && scan.hasMessageID == row.hasMessageID)
        }
    }

    private static let tls = TLSInfo(version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", bits: 256)

    @Test(arguments: [
        (false, false, false, false, "SMTP"), (true, false, false, false, "ESMTP"),
        (true, false, true, false, "ESMTPS"),
        (true, false, true, true, "ESMTPSA"), (true, true, false, false, "UTF8SMTP"),
        (true, true, true, true, "UTF8SMTPSA"),
    ])
    func protocolNames(isExtended: Bool, isInternational: Bool, isEncrypted: Bool, isLoggedIn: Bool, name: String)
        throws
    {
        let trace = try Self.trace {
            $0.isExtended = isExtended
            $0.isInternational = isInternational
            $0.isLoggedIn = isLoggedIn
            $0.tls = isEncrypted ? Self.tls : nil
        }
        #expect(trace.contains("by mail.example.test with \(name) id 1.a.1"))
    }

    @Test func wholeHeader() throws {
        let trace = try Self.trace {
            $0.tls = Self.tls
            $0.onlyRecipient = EmailAddress("alice@example.test")
            $0.sender = EmailAddress("\"a b\"@x.test").map(ReversePath.mailbox) ?? .null
        }
        #expect(
            trace == """
                Return-Path: <"a b"@x.test>\r
                Received: from unknown ([IPv6:2001:db8::1])\r
                \tby mail.example.test with ESMTPS id 1.a.1\r
                \t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256)\r
                \tfor <alice@example.test>;\r
                \tFri, 15 Jan 2027 08:00:00 +0000\r\n
                """)
    }

    private static func trace(_ change: (inout TraceHeader) -> Void) throws -> String {
        let peer = try #require(IPAddress("2001:db8::1"))
        var header = TraceHeader(
            sender: .null, client: nil, peer: peer, host: "mail.example.test", isExtended: true, isInternational: false,
            isLoggedIn: false, tls: nil, id: "1.a.1", onlyRecipient: nil, now: 1_800_000_000)
        change(&header)
        return String(decoding: header.bytes, as: UTF8.self)
    }

    /// n-1, n, n+1 of each count.
    @Test func countersCloseAtTheirLimits() {
        var policy = SMTPPolicy(role: .receiving)
        (policy.errorLimit, policy.junkLimit, policy.refusalLimit) = (3, 2, 2)
        var counters = SMTPCounters(policy)
        #expect(counters.noteError(.unknownCommand) == nil)
        #expect(counters.noteError(.unknownCommand) == nil)
        #expect(counters.noteSuccess(isJunk: false) == nil)
        #expect(counters.noteError(.unknownCommand) == nil)
        #expect(counters.noteError(.messageTooLarge) == nil)
        #expect(counters.noteError(.unknownCommand) == nil)
        #expect(counters.noteError(.unknownCommand) == .tooManyErrors)
        #expect(counters.noteSuccess(isJunk: true) == nil)
        #expect(counters.noteSuccess(isJunk: true) == nil)
        #expect(counters.noteSuccess(isJunk: true) == .tooManyErrors)
        counters.noteMessage()
        #expect(counters.noteSuccess(isJunk: true) == nil)
        #expect(counters.noteRefusedRecipient() == nil)
        #expect(counters.noteRefusedRecipient() == nil)
        #expect(counters.noteRefusedRecipient() == .tooManyErrors)
    }
}
