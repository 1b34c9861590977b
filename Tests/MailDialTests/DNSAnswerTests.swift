import MailNetwork
import Testing

@testable import MailDial

/// Answers to a question for imap.uni.example, whose names point back to it.
enum DNSSample {
    static let name: [UInt8] = [4] + Array("imap".utf8) + rest
    static let rest: [UInt8] = [3] + Array("uni".utf8) + [7] + Array("example".utf8) + [0]
    static let address = record(1, [192, 0, 2, 7])
    static let service = record(33, [0, 1, 0, 2, 0x03, 0xe1, 0xc0, 12])
    static let mail = record(15, [0, 10, 2] + Array("mx".utf8) + [0xc0, 17])
    static let association = record(52, [3, 1, 1, 0xab, 0xcd])
    /// The negative time is 9 seconds, that of the record itself `seconds`.
    static let authority = record(
        6, [0xc0, 12, 0xc0, 12] + [UInt8](repeating: 0, count: 16) + [0, 0, 0, 9], seconds: 60)

    static func record(
        _ type: UInt8, _ data: [UInt8], seconds: UInt8 = 60, owner: [UInt8] = [0xc0, 12]
    ) -> [UInt8] {
        owner + [0, type, 0, 1, 0, 0, 0, seconds, 0, UInt8(data.count)] + data
    }

    static func message(
        to question: DNSQuestion, _ answers: [[UInt8]], authorities: [[UInt8]] = [], flags: UInt16 = 0x8180
    ) -> [UInt8] {
        [UInt8(question.id >> 8), UInt8(question.id & 0xff), UInt8(flags >> 8), UInt8(flags & 0xff), 0, 1]
            + [0, UInt8(answers.count), 0, UInt8(authorities.count), 0, 0] + question.name.wire
            + [0, UInt8(question.kind.number), 0, 1] + answers.flatMap { $0 } + authorities.flatMap { $0 }
    }

    static func question(_ kind: DNSRecord.Kind) throws -> DNSQuestion {
        DNSQuestion(name: try #require(DNSName("imap.uni.example")), kind: kind)
    }

    static func response(
        _ kind: DNSRecord.Kind, _ answers: [[UInt8]], authorities: [[UInt8]] = [], flags: UInt16 = 0x8180
    ) throws -> DNSResponse? {
        let question = try question(kind)
        return DNSResponse(message(to: question, answers, authorities: authorities, flags: flags), to: question)
    }
}

@Suite struct DNSAnswerTests {
    struct Row: Sendable {
        let kind: DNSRecord.Kind
        let data: [UInt8]
        let record: DNSRecord
    }

    @Test(arguments: [
        Row(kind: .a, data: [192, 0, 2, 7], record: .address(IPAddress(v4: 0xc000_0207))),
        Row(
            kind: .aaaa, data: [0x20, 1, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [1],
            record: .address(IPAddress(v6: 0x2001_0db8_0000_0000, 1))),
        Row(kind: .ptr, data: [2] + Array("mx".utf8) + [0xc0, 17], record: .pointer("mx.uni.example")),
        Row(
            kind: .mx, data: [0, 10, 2] + Array("mx".utf8) + [0xc0, 17],
            record: .mail(preference: 10, host: "mx.uni.example")),
        Row(kind: .mx, data: [0, 0, 0], record: .mail(preference: 0, host: ".")),
        Row(kind: .txt, data: [2, 0x76, 0x3d, 0, 1, 0x31], record: .text("v=1")),
        Row(kind: .txt, data: [1, 0xff], record: .text("\u{FFFD}")),
        Row(
            kind: .srv, data: [0, 1, 0, 2, 0x03, 0xe1, 0xc0, 12],
            record: .service(priority: 1, weight: 2, port: 993, host: "imap.uni.example")),
        Row(
            kind: .tlsa, data: [3, 1, 1, 0xab, 0xcd],
            record: .certificate(usage: 3, selector: 1, matching: 1, data: "abcd")),
        Row(
            kind: .soa, data: [0xc0, 12, 0xc0, 12] + [UInt8](repeating: 0, count: 16) + [0, 0, 0, 9],
            record: .authority(negativeSeconds: 9)),
    ])
    func records(row: Row) throws {
        let data = DNSSample.record(UInt8(row.kind.number), row.data)
        let response = try #require(try DNSSample.response(row.kind, [data]))
        #expect(response.records == [row.record])
        #expect(response.seconds == 60)
        #expect(!response.isAuthentic)
    }

    @Test func aRecordCountsOnce() throws {
        let response = try #require(try DNSSample.response(.a, [DNSSample.address, DNSSample.address]))
        #expect(response.records.count == 1)
    }

    @Test func theResolversVerdictIsRead() throws {
        #expect(try #require(try DNSSample.response(.a, [DNSSample.address], flags: 0x81a0)).isAuthentic)
    }

    /// Of what the chain of aliases needs the shortest time counts.
    @Test func aliasesLeadOn() throws {
        let target: [UInt8] = [2] + Array("a1".utf8) + [0xc0, 17]
        let alias = DNSSample.record(5, target, seconds: 7)
        let address = DNSSample.record(1, [192, 0, 2, 7], owner: [2] + Array("A1".utf8) + [0xc0, 17])
        let response = try #require(try DNSSample.response(.a, [address, alias]))
        #expect(response.owner == "a1.uni.example")
        #expect(response.records.count == 1)
        #expect(response.seconds == 7)
        #expect(!response.isUnfinished)
        let half = try #require(try DNSSample.response(.a, [alias]))
        #expect(half.isUnfinished && half.owner == "a1.uni.example")
        let none = try #require(try DNSSample.response(.a, [alias], authorities: [DNSSample.authority]))
        #expect(!none.isUnfinished && none.records.isEmpty && none.seconds == 7)
        let alone = try #require(try DNSSample.response(.cname, [alias]))
        #expect(alone.records == [.alias("a1.uni.example")])
    }

    @Test func absenceLastsAsLongAsTheAuthoritySays() throws {
        let response = try #require(
            try DNSSample.response(.a, [], authorities: [DNSSample.authority], flags: 0x8183))
        #expect(response.code == .noSuchName)
        #expect(response.seconds == 9)
        #expect(try #require(try DNSSample.response(.a, [])).seconds == nil)
    }

    /// What lies, leads in a circle or cannot be read is no answer.
    @Test(arguments: [
        [DNSSample.record(5, [0xc0, 12])],  // an alias of itself
        [DNSSample.record(5, [1, 0x61, 0xc0, 12]), DNSSample.record(5, [1, 0x62, 0xc0, 12])],  // two aliases
        [DNSSample.record(5, [1, 0x61, 0xc0, 12]), DNSSample.record(5, [0xc0, 12], owner: [1, 0x61, 0xc0, 12])],
        [DNSSample.record(1, [192, 0, 2])],  // three octets
        [DNSSample.record(1, [192, 0, 2, 7], owner: [0xc0, 200])],  // a name that points forward
        [DNSSample.record(1, [192, 0, 2, 7]), [0xc0]],  // cut off
    ])
    func nonsenseIsNoAnswer(answers: [[UInt8]]) throws {
        #expect(try DNSSample.response(.a, answers) == nil)
    }

    @Test(arguments: [[3, 0x76, 0x3d], [255]] as [[UInt8]])
    func textsThatAreCutAreNone(data: [UInt8]) throws {
        #expect(try DNSSample.response(.txt, [DNSSample.record(16, data)]) == nil)
    }

    /// "a\.b" would pass for two labels, and a space for the end of a word.
    @Test(arguments: [[3, 0x61, 0x2e, 0x62], [1, 0x20], [1, 0], [1, 0xe5]] as [[UInt8]])
    func labelsThatTextCannotShow(label: [UInt8]) throws {
        #expect(try DNSSample.response(.ptr, [DNSSample.record(12, label + [0xc0, 17])]) == nil)
    }

    /// Another question, another number, a question instead of an answer.
    @Test func onlyTheAnswerToThisQuestion() throws {
        let question = try DNSSample.question(.a)
        let good = DNSSample.message(to: question, [DNSSample.address])
        #expect(DNSResponse(good, to: question) != nil)
        for (octet, change): (Int, UInt8) in [(0, 1), (1, 1), (2, 0x80), (5, 1), (13, 1), (20, 1), (31, 1), (33, 2)] {
            var bad = good
            bad[octet] ^= change
            #expect(DNSResponse(bad, to: question) == nil, "octet \(octet)")
        }
        #expect(DNSResponse(good, to: try DNSSample.question(.mx)) == nil)
    }

    @Test func noBytesAreTooStrange() throws {
        let question = try DNSSample.question(.mx)
        let whole = DNSSample.message(
            to: question, [DNSSample.address, DNSSample.service, DNSSample.mail, DNSSample.association],
            authorities: [DNSSample.authority])
        for length in 0..<whole.count {
            _ = DNSResponse(Array(whole.prefix(length)), to: question)
            for change: UInt8 in [0, 0xff, 0xc0, 63] {
                var turned = whole
                turned[length] = change
                _ = DNSResponse(turned, to: question)
            }
        }
        #expect(DNSResponse([], to: question) == nil)
    }

    @Test(
        arguments: [
            ("uni.example", "uni.example"), ("Uni.Example.", "uni.example"), ("_25._tcp.mx.a", "_25._tcp.mx.a"),
            ("", nil),
            (".", nil), ("a..b", nil), ("a b.c", nil), ("å.se", nil), (String(repeating: "a", count: 64) + ".se", nil),
            (String(repeating: "a", count: 63) + ".se", String(repeating: "a", count: 63) + ".se"),
            (String(repeating: "a.", count: 126) + "a", String(repeating: "a.", count: 126) + "a"),
            (String(repeating: "a.", count: 127) + "a", nil),
        ] as [(String, String?)])
    func names(text: String, expected: String?) { #expect(DNSName(text)?.text == expected) }

    @Test func reverseNames() throws {
        #expect(try #require(IPAddress("192.0.2.7")).reverseName == "7.2.0.192.in-addr.arpa")
        #expect(
            try #require(IPAddress("2001:db8::567:89ab")).reverseName
                == "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")
    }
}
