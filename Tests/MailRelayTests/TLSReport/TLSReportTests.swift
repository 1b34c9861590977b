import Foundation
import MailDial
import MailNetwork
import MailTransport
import Synchronization
import Testing

@testable import MailRelay

@Suite struct TLSReportTests {
    static let day: Int64 = 86_400
    static let sts = TLSPolicy(
        .sts, domain: "example.com", lines: ["version: STSv1", "mode: enforce"], hosts: ["*.example.com"])

    static func hop(_ policy: TLSPolicy?) -> NextHop {
        NextHop(host: "mx.example.com", port: 25, addresses: [], tls: .opportunistic, policy: policy)
    }

    /// A folder, and a clock that the test sets.
    final class Place: Sendable {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tlsrpt-\(UUID().uuidString)").path
        let now = Mutex<Int64>(20_000 * TLSReportTests.day + 10)

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func book() -> TLSReportBook {
            TLSReportBook(folder: folder) { [self] in moment }
        }

        var moment: Int64 { now.withLock { $0 } }
        func sleep(_ seconds: Int64) { now.withLock { $0 += seconds } }
    }

    @Test func countsOutliveARestartAndTheirDayComesOnce() throws {
        let place = Place()
        let book = place.book()
        book.note("example.com", Self.hop(Self.sts), at: nil, fault: nil)
        book.note("example.com", Self.hop(Self.sts), at: IPAddress("192.0.2.1"), fault: .expired)
        book.note("example.com", Self.hop(nil), at: nil, fault: .expired)
        book.save()
        let second = place.book()
        second.begin()
        second.note("example.com", Self.hop(Self.sts), at: nil, fault: nil)
        #expect(second.finishedDays().isEmpty)
        place.sleep(Self.day)
        second.note("example.org", .fetch)
        let days = second.finishedDays()
        #expect(days.map(\.number) == [20_000])
        let counts = try #require(days.first?.day.domains["example.com"]?[Self.sts])
        #expect(counts.successes == 2 && counts.allFailures == 1)
        second.forget(20_000)
        #expect(second.finishedDays().isEmpty)
        place.sleep(Self.day)
        #expect(second.finishedDays().map(\.number) == [20_001])
    }

    @Test func aDayIsBounded() {
        var day = TLSReportDay()
        for number in 0..<(TLSReportDay.mostDomains + 10) { day.note("d\(number).example", Self.sts, nil) }
        #expect(day.domains.count == TLSReportDay.mostDomains)
        for number in 0..<1_000 {
            day.note("d1.example", Self.sts, .init(kind: "certificate-expired", host: "mx\(number)", address: ""))
        }
        #expect(day.domains["d1.example"]?[Self.sts]?.failures.count == TLSReportDay.mostFailures)
    }

    @Test func whatStrangersWriteIsOneField() {
        var day = TLSReportDay()
        let strange = TLSPolicy(.sts, domain: "a\tb", lines: ["mode: x\ty\r\nz", ""], hosts: [])
        day.note("example.com", strange, .init(kind: "certificate-expired", host: "mx\n", address: ""))
        let again = TLSReportDay(day.text)
        #expect(again.domains["example.com"]?.count == 1)
        #expect(TLSReportDay("x\n\t\t\t\t\t\t\t\t\nexample.com\tsts\t\t\t\t\t\t\tx\n").isEmpty)
    }

    @Test func theReportIsJSONAsTheRFCHasIt() throws {
        var day = TLSReportDay()
        day.note("example.com", Self.sts, nil, count: 5)
        day.note(
            "example.com", Self.sts, .init(kind: "certificate-expired", host: "mx.example.com", address: "192.0.2.1"),
            count: 3)
        let report = TLSReport(
            domain: "example.com", submitter: "mail.example.org", contact: "postmaster@example.org", day: 16_892,
            policies: day.domains["example.com"] ?? [:])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
        #expect(
            object["date-range"] as? [String: String]
                == ["start-datetime": "2016-04-01T00:00:00Z", "end-datetime": "2016-04-01T23:59:59Z"])
        let policy = try #require((object["policies"] as? [[String: Any]])?.first)
        #expect(
            policy["summary"] as? [String: Int] == [
                "total-successful-session-count": 5, "total-failure-session-count": 3,
            ])
        let failure = try #require((policy["failure-details"] as? [[String: Any]])?.first)
        #expect(failure["result-type"] as? String == "certificate-expired")
        #expect(failure["failed-session-count"] as? Int == 3)
        let named = try #require(policy["policy"] as? [String: Any])
        #expect(named["policy-type"] as? String == "sts" && named["mx-host"] as? [String] == ["*.example.com"])
    }

    @Test func theMessageCarriesTheReport() throws {
        let report = TLSReport(
            domain: "example.com", submitter: "mail.example.org", contact: "postmaster@example.org", day: 16_892,
            policies: [Self.sts: .init(successes: 1)])
        let bytes = report.message(to: ["tls@example.com"], from: "postmaster@example.org", at: 1_459_555_200)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("Date: Sat, 02 Apr 2016 00:00:00 +0000\r\n"))
        #expect(text.contains("TLS-Report-Domain: example.com\r\n"))
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 998 && $0.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } })
        let start = try #require(lines.firstIndex { $0.contains("filename=") }) + 2
        let encoded = lines[start...].prefix { !$0.hasPrefix("--") }.joined()
        #expect(Data(base64Encoded: encoded).map(Array.init) == Gzip.packed(Array(report.json.utf8)))
        #expect(text.contains("Content-Type: application/tlsrpt+gzip\r\n") && text.contains(".json.gz\""))
    }

    /// RFC 8461 §4.1: whatever its certificate is worth.
    @Test func aHostThatThePolicyDoesNotNameHasFailed() throws {
        let place = Place()
        let book = place.book()
        var hop = Self.hop(Self.sts)
        hop.host = "mx.elsewhere.example"
        book.note("example.com", hop, at: nil, fault: nil)
        place.sleep(Self.day)
        let counts = try #require(book.finishedDays().first?.day.domains["example.com"]?[Self.sts])
        #expect(counts.successes == 0)
        #expect(counts.failures.keys.map(\.kind) == ["validation-failure"])
    }

    @Test func aDayIsOverWhenTheDelayIs() {
        let place = Place()
        let book = place.book()
        book.note("example.com", Self.hop(Self.sts), at: nil, fault: nil)
        place.sleep(Self.day)
        #expect(book.finishedDays(after: 3_600).isEmpty)
        place.sleep(3_600)
        #expect(book.finishedDays(after: 3_600).map(\.number) == [20_000])
        for name in ["mail.example.org", "a", ""] {
            #expect((0..<Int64(TLSReportUpkeep.longestDelay)).contains(TLSReportUpkeep.delay(of: name)))
        }
    }

    /// A domain that nobody could ask about comes again, alone.
    @Test func whatIsReportedIsForgottenAndTheRestKept() throws {
        let place = Place()
        let book = place.book()
        for domain in ["a.example", "b.example"] { book.note(domain, Self.hop(Self.sts), at: nil, fault: nil) }
        place.sleep(Self.day)
        var (number, day) = try #require(book.finishedDays().first)
        day.forget("a.example")
        book.keep(day, number)
        #expect(book.finishedDays().first?.day.domains.keys.sorted() == ["b.example"])
        (number, day) = try #require(book.finishedDays().first)
        day.forget("b.example")
        book.keep(day, number)
        #expect(book.finishedDays().isEmpty)
    }

    @Test(arguments: [
        (["v=TLSRPTv1; rua=mailto:tls@example.com"], ["tls@example.com"]),
        (
            ["v=TLSRPTv1;rua=https://example.com/x , MAILTO:a@example.com!10m,mailto:b@example.com?subject=x"],
            ["a@example.com", "b@example.com"]
        ),
        (["v=spf1 -all", "v=TLSRPTv1; rua=mailto:a@b.example"], ["a@b.example"]), ([], []),
        (["v=TLSRPTv1; rua=mailto:a@b.example", "v=TLSRPTv1; rua=mailto:a@b.example"], []),
        (["v=TLSRPTv12; rua=mailto:a@b.example"], []), (["v=TLSRPTv1; rua=mailto:nobody"], []),
        (["v=TLSRPTv1; rua=mailto:a%0d%0a@b.example"], []), (["v=TLSRPTv1"], []),
    ])
    func addresses(texts: [String], found: [String]) { #expect(TLSReportAddress(texts).mail == found) }

    @Test(arguments: [
        ("https://report.example.com/tls?x=1", ["https://report.example.com/tls?x=1"]),
        ("https://A.example", ["https://a.example/"]), ("HTTPS://a.example/x#y,mailto:b@c.d", ["https://a.example/x"]),
        ("http://a.example/", []), ("https://a.example:8443/", []), ("https://user@a.example/", []),
        ("https://a.example/ x", []), ("https://[::1]/", []), ("https:///x", []),
        ("https://a.example/\u{e4}", []), ("https://a.example/" + String(repeating: "x", count: 2_000), []),
    ])
    func webPlaces(uri: String, found: [String]) {
        #expect(TLSReportAddress(["v=TLSRPTv1; rua=\(uri)"]).web.map(\.description) == found)
    }
}
