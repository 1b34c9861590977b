import Glibc
import MailNetwork
import Testing

@testable import MailDial

/// The service beside servers that lie, loop, are silent or merely slow.
@Suite struct NameServiceTests {
    static let address = IPAddress(v4: 0xc000_0207)

    static func service(_ server: StrangeServer, _ change: (inout NameService.Limits) -> Void = { _ in }) -> NameService
    {
        var limits = NameService.Limits()
        limits.patience = 1_500
        change(&limits)
        return NameService(server: server.address, limits: limits)
    }

    @Test func anAnswerIsRememberedAsLongAsItSays() async throws {
        let server = try StrangeServer {
            [$0.answer([DNSSample.record(1, [192, 0, 2, 7], seconds: 1)], flags: 0x81a0)]
        }
        let names = Self.service(server)
        let expected = NameAnswer.found(
            NameRecords(all: [.address(Self.address)], isAuthentic: true, canonicalName: "imap.uni.example"))
        #expect(await names.lookup(.a, "imap.uni.example") == expected)
        #expect(await names.lookup(.a, "IMAP.uni.example.") == expected)
        #expect(await names.questions == 1)
        try await Task.sleep(for: .milliseconds(1_100))
        #expect(await names.lookup(.a, "imap.uni.example") == expected)
        #expect(await names.questions == 2)
    }

    @Test func absenceAndFailureAreRememberedToo() async throws {
        let server = try StrangeServer { asked in
            switch asked.question.name.text {
            case "none.example": [asked.answer(authorities: [DNSSample.authority], flags: 0x8183)]
            case "empty.example": [asked.answer(authorities: [DNSSample.authority])]
            default: [asked.answer(flags: 0x8182)]
            }
        }
        let names = Self.service(server)
        for _ in 0..<2 {
            #expect(await names.lookup(.mx, "none.example") == .noName)
            #expect(await names.lookup(.mx, "empty.example") == .noData)
            #expect(
                await names.lookup(.mx, "broken.example")
                    == .failed("the name server could not find out (SERVFAIL)"))
        }
        #expect(await names.questions == 3)
        #expect(await names.lookup(.mx, "no name at all") == .noName)
    }

    @Test func manyWhoAskTheSameWaitForOneAnswer() async throws {
        let server = try StrangeServer { asked in
            usleep(200_000)
            return [asked.answer([DNSSample.address])]
        }
        let names = Self.service(server)
        let answers = await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { await names.lookup(.a, "imap.uni.example") } }
            return await group.reduce(into: [NameAnswer]()) { $0.append($1) }
        }
        #expect(answers.count == 50 && answers.allSatisfy { $0.records == [.address(Self.address)] })
        #expect(server.questions == 1)
    }

    @Test func silenceEnds() async throws {
        let server = try StrangeServer { _ in [] }
        let watch = Stopwatch()
        #expect(await Self.service(server).lookup(.a, "a.example") == .failed("the name server does not answer"))
        #expect(watch.milliseconds < 20_000)
        #expect(server.questions >= 2, "asked once more before it gave up")
    }

    /// More questions than threads and places: all of them end, those beyond at once.
    @Test func aHeapOfQuestionsEnds() async throws {
        let server = try StrangeServer { _ in [] }
        let names = Self.service(server) {
            $0.patience = 600
            $0.mostThreads = 4
            $0.mostWaiting = 20
        }
        let watch = Stopwatch()
        let answers = await withTaskGroup { group in
            for number in 0..<100 { group.addTask { await names.lookup(.a, "a\(number).example") } }
            return await group.reduce(into: [String: Int]()) { $0["\($1)", default: 0] += 1 }
        }
        #expect(answers.values.reduce(0, +) == 100)
        #expect(answers.keys.contains { $0.contains("too many names") })
        #expect(watch.milliseconds < 120_000)
    }

    /// Somebody guesses the port: what carries the wrong number or question is not heard, and the right answer still counts.
    @Test func forgeriesAreNotHeard() async throws {
        let server = try StrangeServer { asked in
            var forged = asked.answer([DNSSample.record(1, [198, 51, 100, 66])])
            forged[0] ^= 0x55
            return [forged, [], [0], asked.answer([DNSSample.address])]
        }
        #expect(
            await Self.service(server).lookup(.a, "imap.uni.example").records == [.address(Self.address)])
    }

    @Test func whatDoesNotFitComesByStream() async throws {
        let server = try StrangeServer { asked in
            [asked.answer(asked.isStream ? [DNSSample.address] : [], flags: asked.isStream ? 0x8180 : 0x8380)]
        }
        #expect(await Self.service(server).lookup(.a, "imap.uni.example").records == [.address(Self.address)])
    }

    /// A server that takes no OPT record is asked without.
    @Test func oldServersAreAskedPlainly() async throws {
        let server = try StrangeServer { asked in
            asked.octets[11] == 1 ? [asked.answer(flags: 0x8181)] : [asked.answer([DNSSample.address])]
        }
        #expect(await Self.service(server).lookup(.a, "imap.uni.example").records == [.address(Self.address)])
    }

    /// A server that leaves the alias's target to us: it is asked for, and a circle over many answers ends.
    @Test func aliasesAreFollowedForALittleWhile() async throws {
        let server = try StrangeServer { asked in
            guard asked.question.name.text.hasPrefix("x") else { return [asked.answer([DNSSample.address])] }
            let number = Int(asked.question.name.text.dropFirst().prefix { $0 != "." }) ?? 0
            let next =
                asked.question.name.text.hasSuffix("circle.example")
                ? "x\((number + 1) % 3).circle.example" : "end.example"
            let target = DNSName(next)?.wire ?? []
            return [asked.answer([DNSSample.record(5, target)])]
        }
        let names = Self.service(server)
        guard case .found(let found) = await names.lookup(.a, "x1.good.example") else {
            Issue.record("not found")
            return
        }
        #expect(found.canonicalName == "end.example" && found.all == [.address(Self.address)])
        #expect(await names.lookup(.a, "x0.circle.example") == .failed("too many aliases"))
    }

    @Test func theMemoryIsBounded() async throws {
        var cache = NameCache(mostEntries: 100, mostOctets: 100_000)
        let small = NameAnswer.noName
        for number in 0..<10_000 {
            cache.remember(small, to: .init(kind: .a, name: "\(number)"), seconds: 60)
            #expect(cache.count <= 100)
        }
        #expect(cache.answer(to: .init(kind: .a, name: "9999")) == .noName)
        #expect(cache.answer(to: .init(kind: .a, name: "1")) == nil)
        let text = String(repeating: "x", count: 20_000)
        let large = NameAnswer.found(NameRecords(all: [.text(text)], isAuthentic: false, canonicalName: "a"))
        for number in 0..<1_000 {
            cache.remember(large, to: .init(kind: .txt, name: "\(number)"), seconds: 60)
            #expect(cache.count <= 54)
        }
    }

    @Test func whatIsAskedForOftenStays() {
        var cache = NameCache(mostEntries: 10, mostOctets: 100_000)
        for number in 0..<100 {
            cache.remember(.noName, to: .init(kind: .a, name: "\(number)"), seconds: 60)
            if number > 0 { #expect(cache.answer(to: .init(kind: .a, name: "0")) == .noName) }
        }
    }
}
