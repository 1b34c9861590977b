import Foundation
import MailDial
import MailDomainAuth
import MailNetwork
import Testing

@testable import MailRelay

@Suite struct RouteTableTests {
    static let table = RouteTable([
        Route(domain: "*", host: "all", port: 25), Route(domain: "example.org", host: "first", port: 25),
        Route(domain: ".example.org", host: "below", port: 25), Route(domain: "example.org", host: "second", port: 25),
        Route(domain: ".deep.example.org", host: "deep", port: 25),
    ])

    @Test(arguments: [
        ("example.org", ["first", "second"]), ("a.example.org", ["below"]), ("b.a.example.org", ["below"]),
        ("a.deep.example.org", ["deep"]), ("deep.example.org", ["below"]), ("myexample.org", ["all"]), ("org", ["all"]),
    ])
    func theNearestCounts(domain: String, hosts: [String]) {
        #expect(Self.table.routes(for: domain).compactMap(\.host) == hosts)
    }

    @Test func nothingIsFoundInNothing() { #expect(RouteTable([]).routes(for: "a.b").isEmpty) }

    @Test(
        arguments: [
            (Route.Level.none, TLSDemand.clear, nil), (.opportunistic, .opportunistic, .verified(names: ["h"])),
            (.encrypted, .encrypted, .verified(names: ["h"])),
            (.verified, .verified(names: ["h"]), .verified(names: ["h"])),
            (.implicit, .implicit(names: ["h"]), .implicit(names: ["h"])),
        ] as [(Route.Level, TLSDemand, TLSDemand?)])
    func demands(level: Route.Level, usual: TLSDemand, safe: TLSDemand?) {
        let route = Route(domain: "*", host: "h", port: 25, level: level)
        #expect(route.demand(of: "h", isSafetyRequired: false) == usual)
        #expect(route.demand(of: "h", isSafetyRequired: true) == safe)
    }
}

@Suite struct MailExchangersTests {
    static func exchangers(_ records: [(UInt16, String)]) -> MailExchangers {
        var generator = SystemRandomNumberGenerator()
        return MailExchangers(records.map { .mail(preference: $0.0, host: $0.1) }, using: &generator)
    }

    @Test func byPreferenceAndOnce() {
        let all = Self.exchangers([(20, "b"), (10, "A"), (30, "a"), (0, ".")])
        #expect(all.hosts.map(\.name) == ["a", "b"])
        #expect(!all.isNull)
    }

    @Test func equalOnesTakeTurns() {
        let firsts = Set(
            (0..<200).compactMap { _ in Self.exchangers([(10, "a"), (10, "b"), (20, "c")]).hosts.first?.name })
        #expect(firsts == ["a", "b"])
    }

    @Test func nullMX() {
        #expect(Self.exchangers([(0, ".")]).isNull)
        #expect(Self.exchangers([(0, "."), (10, ".")]).isNull)
        #expect(!Self.exchangers([]).isNull)
    }

    @Test(
        arguments: [
            ("c", ["a", "b", "b2"], false), ("b", ["a"], false), ("b2", ["a"], false), ("a", [], true),
            ("x", ["a", "b", "b2", "c"], false),
        ] as [(String, Set<String>, Bool)])
    func whatIsNotPreferredToUsIsCut(own: String, left: Set<String>, leadsHere: Bool) {
        var all = Self.exchangers([(10, "a"), (20, "b"), (20, "b2"), (30, "c")])
        all.cut { $0.name == own }
        #expect(Set(all.hosts.map(\.name)) == left)
        #expect(all.leadsHere == leadsHere)
    }
}

@Suite struct HostPinsTests {
    static func record(_ usage: UInt8, _ selector: UInt8, _ matching: UInt8, _ length: Int) -> DNSRecord {
        .certificate(
            usage: usage, selector: selector, matching: matching, data: String(repeating: "a", count: length))
    }

    @Test(arguments: [
        (record(3, 1, 1, 64), true), (record(2, 0, 2, 128), true), (record(3, 0, 0, 10), true),
        (record(0, 1, 1, 64), false),
        (record(1, 1, 1, 64), false), (record(4, 1, 1, 64), false), (record(3, 2, 1, 64), false),
        (record(3, 1, 3, 64), false),
        (record(3, 1, 1, 62), false), (record(3, 1, 1, 66), false), (record(3, 1, 2, 64), false),
        (record(3, 1, 0, 0), false),
    ])
    func usableOrNot(record: DNSRecord, isUsable: Bool) {
        switch HostPins.judged([record], base: "mx") {
        case .records(let found, "mx"): #expect(isUsable && found.count == 1)
        case .unusable(let found): #expect(!isUsable && found.count == 1)
        case let other: Issue.record("\(other)")
        }
    }

    @Test func aUsableOneIsEnough() {
        let pins = HostPins.judged([Self.record(1, 1, 1, 64), Self.record(3, 1, 1, 64)], base: "mx")
        #expect(
            pins
                == .records(
                    [TLSARecord(usage: 3, selector: 1, matching: 1, data: String(repeating: "a", count: 64))],
                    base: "mx"))
        #expect(HostPins.judged([], base: "mx") == .none)
    }
}

@Suite struct STSPolicyTests {
    static func policy(_ text: String) -> STSPolicy? { STSPolicy(Array(text.utf8)) }

    static let good =
        "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.Example.net\r\nmax_age: 604800\r\n"

    @Test func itIsRead() throws {
        let policy = try #require(Self.policy(Self.good))
        #expect(policy.mode == .enforce)
        #expect(policy.hosts == ["mail.example.com", "*.example.net"])
        #expect(policy.maximumAge == 604_800)
        #expect(policy.lines.first == "version: STSv1" && policy.lines.count == 5)
        #expect(Self.policy(Self.good.replacingOccurrences(of: "\r\n", with: "\n")) == policy)
    }

    @Test(arguments: [
        "", "version: STSv2\nmode: none\nmax_age: 1", "mode: none\nmax_age: 1", "version: STSv1\nmode: none",
        "version: STSv1\nmode: enforce\nmax_age: 1", "version: STSv1\nmode: strict\nmx: a\nmax_age: 1",
        "version: STSv1\nmode: none\nmax_age: -1", "version: STSv1\nmode: none\nmax_age: 31557601",
        "version: STSv1\nmode: none\nmax_age: 99999999999", "version: STSv1\nmode: none\nmax_age: 1\nno colon",
        "version: STSv1\nmode: none\nmax_age: 1\nx: å", "<html>version: STSv1</html>",
        "version: STSv1\nmode: enforce\nmax_age: 1\n" + String(repeating: "mx: a.example\n", count: 201),
        "version: STSv1\nmode: none\nmax_age: 1\n" + String(repeating: " ", count: 65_536),
    ])
    func nonsenseIsNone(text: String) { #expect(Self.policy(text) == nil) }

    @Test func theFirstOfTwoCountsAndUnknownOnesDoNot() throws {
        let text = "version: STSv1\nmode: none\nmode: enforce\nmax_age: 31557600\nmax_age: 1\nfuture: x\n\n"
        let policy = try #require(Self.policy(text))
        #expect(policy.mode == .none && policy.maximumAge == 31_557_600)
    }

    @Test(arguments: [
        ("mail.example.com", true), ("a.example.net", true), ("a.b.example.net", false), ("example.net", false),
        (".example.net", false), ("other.example.com", false),
    ])
    func patterns(host: String, isAllowed: Bool) throws {
        #expect(try #require(Self.policy(Self.good)).allows(host) == isAllowed)
    }

    @Test(
        arguments: [
            (["v=STSv1; id=20160831085700Z;"], "20160831085700Z"), (["v=STSv1;id=1"], "1"),
            (["v=spf1", "v=STSv1; id=a"], "a"),
            (["v=STSv1; x=y; id=a"], "a"), ([], nil), (["v=STSv1"], nil), (["v=STSv1; id="], nil),
            (["v=STSv1; id=a-b"], nil),
            (["v=STSv1; id=a", "v=STSv1; id=a"], nil), (["v=STSv10; id=a"], nil), (["V=STSv1; id=a"], nil),
            (["v=STSv1; id=" + String(repeating: "a", count: 33)], nil),
        ] as [([String], String?)])
    func ids(texts: [String], id: String?) { #expect(STSRecord.id(among: texts) == id) }
}

@Suite struct STSCacheTests {
    @Test func whatIsKeptIsFoundAgain() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sts-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cache = STSCache(folder: folder)
        #expect(cache.entry(of: "example.com") == nil)
        cache.keep("7", Array(STSPolicyTests.good.utf8), of: "example.com", at: 1_000)
        let entry = try #require(STSCache(folder: folder).entry(of: "example.com"))
        #expect(entry.id == "7" && entry.policy.mode == .enforce)
        #expect(entry.isLive(at: 1_000) && entry.isLive(at: 605_799))
        #expect(!entry.isLive(at: 605_800) && !entry.isLive(at: 999))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["example.com"])
        cache.forget("example.com")
        #expect(cache.entry(of: "example.com") == nil)
        for strange in ["../x", "a/b", ".hidden", ""] {
            cache.keep("7", Array(STSPolicyTests.good.utf8), of: strange, at: 1_000)
            #expect(cache.entry(of: strange) == nil)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test func theOldestGoWhenThereAreTooMany() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sts-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cache = STSCache(folder: folder, mostFiles: 20)
        let policy = Array(STSPolicyTests.good.utf8)
        for number in 0..<20 {
            cache.keep("7", policy, of: "d\(number).example", at: 1_000)
            let date = Date(timeIntervalSince1970: Double(1_000 + number))
            try FileManager.default.setAttributes(
                [.modificationDate: date], ofItemAtPath: "\(folder)/d\(number).example")
        }
        cache.keep("8", policy, of: "d5.example", at: 1_000)  // known already: nobody has to go
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 20)
        cache.keep("7", policy, of: "new.example", at: 1_000)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 19)
        #expect(cache.entry(of: "d0.example") == nil && cache.entry(of: "d1.example") == nil)
        #expect(cache.entry(of: "d2.example") != nil && cache.entry(of: "new.example") != nil)
        #expect(cache.entry(of: "d5.example")?.id == "8")
    }

    @Test(arguments: [
        "", "x", "posthus-sts 1 7 1000", "posthus-sts 2 7 1000\n" + STSPolicyTests.good,
        "posthus-sts 1 7 x\n" + STSPolicyTests.good,
    ])
    func spoiltFilesAreNone(text: String) { #expect(STSCache.parse(Array(text.utf8)) == nil) }
}

@Suite struct LoginFileTests {
    @Test(
        arguments: [
            ("anna\nsecret\n", 0o600, RelayLogin(user: "anna", password: "secret")),
            ("anna\r\n pass word \r\nrest", 0o640, RelayLogin(user: "anna", password: " pass word ")),
            ("anna\nsecret\n", 0o604, nil), ("anna\n", 0o600, nil), ("", 0o600, nil), ("\nsecret\n", 0o600, nil),
        ] as [(String, Int, RelayLogin?)])
    func files(text: String, mode: Int, login: RelayLogin?) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "login-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        _ = FileManager.default.createFile(
            atPath: file, contents: Data(text.utf8), attributes: [.posixPermissions: mode])
        #expect((try? LoginFile.read(file)) == login)
    }

    @Test func aMissingFileSaysSo() {
        #expect(throws: LoginFile.Fault(words: "No such file or directory")) {
            try LoginFile.read("/nonexistent/login")
        }
    }
}
