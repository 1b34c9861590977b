import MailNetwork
import Synchronization
import Testing

@testable import MailFilter

/// Filters on real sockets.
@Suite struct MilterConversationTests {
    private static let client = MilterClient(
        peer: PeerAddress(ip: IPAddress(v4: 0xc000_0201), port: 0x0f40), hello: "mx.example.net")
    private static let sender = MilterPath("<a@example.net>", parameters: ["SIZE=100"])
    private static let recipient = MilterPath("<b@example.org>")

    private static let content = MilterPacket("c" as Character)
    private static func on(_ letter: Character, _ act: ScriptedMilter.Act)
        -> @Sendable (MilterPacket) -> ScriptedMilter.Act
    {
        { packet in
            if packet.letter == letter.asciiValue { return act }
            return packet.letter == UInt8(ascii: "Q") ? .close : .say([content])
        }
    }

    /// For filters that answer: no deadline of theirs comes before the test's own, however busy the machine is.
    private static var patient: MilterPolicy {
        var policy = MilterPolicy()
        (policy.seconds, policy.finalSeconds, policy.longestFinalSeconds) = (120, 120, 240)
        return policy
    }
    /// For filters that fail.
    private static var policy: MilterPolicy {
        var policy = MilterPolicy()
        (policy.seconds, policy.finalSeconds, policy.longestFinalSeconds) = (4, 4, 8)
        return policy
    }

    /// What one message comes to: the verdicts of MAIL, RCPT and the end, and the message.
    private struct Course {
        var sender = FilterVerdict.accept
        var recipient = FilterVerdict.accept
        var end = MilterEnd(.accept)
        var text = ""
    }

    private func run(
        _ filters: [ScriptedMilter], _ text: String = MessageRoom.text, _ policy: MilterPolicy = patient
    ) async throws -> Course {
        let chain = MilterChain(filters.map(\.address), policy)
        let course = try await run(chain, text)
        await chain.quit()
        return course
    }

    private func run(_ chain: MilterChain, _ text: String = MessageRoom.text) async throws -> Course {
        var course = Course()
        var macros = MilterMacros()
        macros["i"] = "q1"
        course.sender = await chain.begin(Self.sender, from: Self.client, macros)
        guard course.sender == .accept else { return course }
        course.recipient = await chain.recipient(Self.recipient, macros)
        guard course.recipient == .accept else { return course }
        let room = try MessageRoom()
        var draft = try await room.draft(text)
        course.end = await chain.finish(&draft, macros)
        course.text = try await room.text(of: draft.finish())
        return course
    }

    @Test func tellsEverythingInOrder() async throws {
        let filter = try ScriptedMilter(Self.on("-", .nothing))
        defer { filter.stop() }
        let course = try await run([filter])
        #expect(course.end == MilterEnd(.accept))
        #expect(course.text == MessageRoom.trace + MessageRoom.text)
        #expect(filter.letters.hasPrefix("OCHMRTLLNBE"))
        #expect(filter.told("C") == ["[192.0.2.1]\u{0}4\u{f}@192.0.2.1\u{0}"])
        #expect(filter.told("H") == ["mx.example.net\0"])
        #expect(filter.told("M") == ["<a@example.net>\0SIZE=100\0"])
        #expect(filter.told("L") == ["From\0a@example.net\0", "Subject\0a\n\tlong one\0"])
        #expect(filter.told("B") == ["First\r\nSecond\r\n"])
        #expect(filter.told("D").contains("Mi\0q1\0"))
    }

    @Test func leavesOutWhatIsNotWanted() async throws {
        let steps: MilterSteps = [
            .noConnect, .noHello, .silentSender, .silentRecipient, .noData, .silentHeader, .noEndOfHeaders, .silentBody,
            .leadingSpace,
        ]
        let filter = try ScriptedMilter(options: MilterOptions(version: 6, actions: [], steps: steps)) { packet in
            packet.letter == UInt8(ascii: "E") ? .say([Self.content]) : .nothing
        }
        defer { filter.stop() }
        let course = try await run([filter])
        #expect(course.end == MilterEnd(.accept))
        #expect(filter.letters.hasPrefix("OMRLLBE"))
        #expect(filter.told("L").first == "From\0 a@example.net\0")
    }

    @Test func speaksVersion2() async throws {
        let old = MilterOptions(version: 2, actions: .ofVersion2, steps: [])
        let filter = try ScriptedMilter(options: nil) { packet in
            guard packet.letter == UInt8(ascii: "O") else { return .say([Self.content]) }
            return packet.data.prefix(4) == [0, 0, 0, 2] ? .say([old.packet]) : .close
        }
        defer { filter.stop() }
        #expect(try await run([filter]).end == MilterEnd(.accept))
        #expect(filter.letters.hasPrefix("OOCHMRLLNBE"))
    }

    private static let refused = FilterVerdict.refused(code: 550, status: "5.7.1", text: "No")
    private static let no = MilterPacket("y", Array("550 5.7.1 No\0".utf8))

    @Test(arguments: ["C", "H", "M"] as [Character])
    func refusesSenders(_ letter: Character) async throws {
        let filter = try ScriptedMilter(Self.on(letter, .say([Self.no])))
        defer { filter.stop() }
        #expect(try await run([filter]).sender == Self.refused)
    }

    @Test func refusesRecipientsAlone() async throws {
        let filter = try ScriptedMilter(Self.on("R", .say([Self.no])))
        defer { filter.stop() }
        #expect(try await run([filter]).recipient == Self.refused)
    }

    @Test(arguments: ["T", "L", "N", "B", "E"] as [Character])
    func refusesMessages(_ letter: Character) async throws {
        let filter = try ScriptedMilter(Self.on(letter, .say([Self.no])))
        defer { filter.stop() }
        #expect(try await run([filter]).end == MilterEnd(Self.refused))
    }

    @Test(
        arguments: [
            ("r", .refusedByFilter), ("t", .deferredByFilter), ("d", .discard), ("4", .shutByFilter), ("a", .accept),
        ] as [(Character, FilterVerdict)])
    func obeys(_ letter: Character, _ verdict: FilterVerdict) async throws {
        let filter = try ScriptedMilter(Self.on("E", .say([MilterPacket(letter)])))
        defer { filter.stop() }
        #expect(try await run([filter]).end == MilterEnd(verdict))
    }

    @Test(arguments: ["C", "H", "M", "R", "T", "L", "N", "B"] as [Character])
    func letsFiltersGoEarly(_ letter: Character) async throws {
        let filter = try ScriptedMilter(Self.on(letter, .say([MilterPacket("a")])))
        defer { filter.stop() }
        let course = try await run([filter])
        #expect(course.end == MilterEnd(.accept) && course.sender == .accept)
        #expect(!filter.letters.contains("E"))
    }

    @Test func throwsAwayFromTheEnvelopeOn() async throws {
        let filter = try ScriptedMilter(Self.on("R", .say([MilterPacket("d")])))
        defer { filter.stop() }
        #expect(try await run([filter]).end == MilterEnd(.discard))
    }

    @Test func skipsTheRestOfTheBody() async throws {
        let filter = try ScriptedMilter(Self.on("B", .say([MilterPacket("s")])))
        defer { filter.stop() }
        let body = String(repeating: String(repeating: "x", count: 998) + "\r\n", count: 500)
        #expect(try await run([filter], "A: b\r\n\r\n" + body).end == MilterEnd(.accept))
        #expect(filter.told("B").count == 1)
        #expect(filter.told("B").first?.utf8.count == MilterPacket.largestChunk)
    }

    private static func number(_ value: UInt32) -> [UInt8] { MilterPacket.octets(of: value) }

    @Test func changesMessages() async throws {
        let changes = [
            MilterPacket("p"),
            MilterPacket("h", Array("X-Spam\0Yes\0".utf8)),
            MilterPacket("i", Self.number(0) + Array("Authentication-Results\0mx; dkim=pass\0".utf8)),
            MilterPacket("m", Self.number(1) + Array("Subject\0[spam] a\0".utf8)),
            MilterPacket("b", Array("New ".utf8)), MilterPacket("b", Array("body\r\n".utf8)),
            MilterPacket("+", Array("<c@example.org>\0".utf8)), MilterPacket("-", Array("<b@example.org>\0".utf8)),
            MilterPacket("e", Array("<new@example.net>\0".utf8)),
            Self.content,
        ]
        let first = try ScriptedMilter(Self.on("E", .say(changes)))
        let second = try ScriptedMilter(Self.on("-", .nothing))
        defer {
            first.stop()
            second.stop()
        }
        let course = try await run([first, second])
        #expect(
            course.text == MessageRoom.trace
                + "Authentication-Results: mx; dkim=pass\r\nFrom: a@example.net\r\nSubject: [spam] a\r\nX-Spam: Yes\r\n\r\nNew body\r\n"
        )
        #expect(
            course.end.envelope == [
                .addRecipient("<c@example.org>", parameters: ""), .deleteRecipient("<b@example.org>"),
                .sender("<new@example.net>", parameters: ""),
            ])
        // The second one sees what the first has made of it.
        #expect(second.told("L").count == 4 && second.told("B") == ["New body\r\n"])
    }

    @Test func doesOnlyWhatWasAgreed() async throws {
        let changes = [MilterPacket("h", Array("X\0y\0".utf8)), MilterPacket("b", Array("z".utf8)), Self.content]
        let filter = try ScriptedMilter(
            options: MilterOptions(version: 6, actions: [.quarantine], steps: []), Self.on("E", .say(changes)))
        defer { filter.stop() }
        #expect(try await run([filter]).text == MessageRoom.trace + MessageRoom.text)
    }

    @Test func holdsForTheOperator() async throws {
        let filter = try ScriptedMilter(Self.on("E", .say([MilterPacket("q", Array("odd\0".utf8)), Self.content])))
        let no = try ScriptedMilter(Self.on("E", .say([Self.no])))
        defer {
            filter.stop()
            no.stop()
        }
        #expect(try await run([filter]).end.verdict == .quarantine(reason: "odd"))
        #expect(try await run([filter, no]).end.verdict == Self.refused)
    }

    // MARK: Filters that fail

    static let nonsense: [ScriptedMilter.Act] = [
        .close, .nothing, .raw([0xff, 0xff, 0xff, 0xff]), .raw([0, 0, 0, 0]), .raw(Array("HTTP/1.1 400 Bad\r\n".utf8)),
        .say([MilterPacket("z")]), .say([MilterPacket("O", [])]), .say([MilterPacket("f")]),
        // Two answers to one question.
        .say([MilterPacket("c"), MilterPacket("c"), MilterPacket("c")]),
        // A sign of life, and then none.
        .say([MilterPacket("p")]), .raw([0, 0, 0]),
    ]

    @Test(arguments: ["O", "M", "L", "E"] as [Character], nonsense.indices)
    func defersForAFilterThatFails(_ letter: Character, _ act: Int) async throws {
        let isTwice = act == 8
        if isTwice, letter == "E" { return }
        let filter = try ScriptedMilter(options: letter == "O" ? nil : .offerless, Self.on(letter, Self.nonsense[act]))
        defer { filter.stop() }
        let course = try await run([filter], MessageRoom.text, Self.policy)
        let verdicts = [course.sender, course.recipient, course.end.verdict]
        #expect(verdicts.contains(FilterVerdict(.tempfail)))
    }

    @Test(arguments: MilterPolicy.Default.allCases)
    func obeysTheDefault(_ fallback: MilterPolicy.Default) async throws {
        let change = MilterPacket("h", Array("X\0y\0".utf8))
        // Half its changes, and then it is gone: none of them is done.
        let filter = try ScriptedMilter(Self.on("E", .raw(change.bytes + [0, 0])))
        defer { filter.stop() }
        // All but the last answer may take as long as a crowded machine needs.
        var policy = Self.patient
        (policy.finalSeconds, policy.longestFinalSeconds, policy.fallback) = (4, 8, fallback)
        let course = try await run([filter], MessageRoom.text, policy)
        #expect(course.end == MilterEnd(FilterVerdict(fallback)))
        #expect(course.text == MessageRoom.trace + MessageRoom.text)
    }

    @Test func reportsWhatIsNotThere() async throws {
        // A port that no program without rights can listen on.
        let nobody = MilterAddress.tcp(host: "127.0.0.1", port: 1)
        let chain = MilterChain([nobody, .socket(path: "/nonexistent/milter.sock")], Self.policy)
        #expect(await chain.begin(Self.sender, from: Self.client, MilterMacros()) == FilterVerdict(.tempfail))
        let problems = chain.takeProblems()
        #expect(problems.count == 1 && problems.first?.0 == nobody)
        #expect(chain.takeProblems().isEmpty)
    }

    @Test func boundsChanges() async throws {
        var changes = MilterChanges(Self.policy)
        let change = MilterChange.addHeader(name: [0x58], value: [0x79])
        for _ in 0..<Self.policy.mostChanges { try changes.add(change) }
        #expect(throws: MilterFailure.self) { try changes.add(change) }
        var large = MilterChanges(Self.policy)
        let value = [UInt8](repeating: 0x79, count: 1 << 20)
        for _ in 0..<3 { try large.add(.addHeader(name: [0x58], value: value)) }
        #expect(throws: MilterFailure.self) { try large.add(.addHeader(name: [0x58], value: value)) }
        var body = MilterChanges(Self.policy)
        for _ in 0..<47 { try body.add(.replaceBody(value)) }
        #expect(throws: MilterFailure.self) { try body.add(.replaceBody(value)) }
    }

    // MARK: Several messages

    @Test func keepsOneConnectionForAllMessages() async throws {
        let filter = try ScriptedMilter(Self.on("-", .nothing))
        defer { filter.stop() }
        let chain = MilterChain([filter.address], Self.patient)
        for _ in 0..<3 { _ = try await run(chain) }
        _ = await chain.begin(Self.sender, from: Self.client, MilterMacros())
        await chain.abort()
        _ = try await run(chain)
        await chain.quit()
        #expect(filter.connections == 1)
        #expect(filter.letters.hasPrefix("OCHMRTLLNBEMRTLLNBEMRTLLNBEMAMRTLLNBE"))
    }

    @Test func callsAgainWhoHasHungUp() async throws {
        let messages = Mutex(0)
        // Hangs up when the second message begins, and takes it on a new connection.
        let filter = try ScriptedMilter { packet in
            guard packet.letter == UInt8(ascii: "M") else { return .say([Self.content]) }
            let number = messages.withLock { count in
                count += 1
                return count
            }
            return number == 2 ? .close : .say([Self.content])
        }
        defer { filter.stop() }
        let chain = MilterChain([filter.address], Self.patient)
        #expect(try await run(chain).end == MilterEnd(.accept))
        #expect(try await run(chain).end == MilterEnd(.accept))
        await chain.quit()
        #expect(filter.connections == 2)
        #expect(chain.takeProblems().isEmpty)
    }
}
