import MailDomainAuth
import MailMessage
import MailNetwork
import MailStore
import Testing

@testable import MailFilter

@Suite struct InboundGateTests {
    private static let peer = PeerAddress(ip: IPAddress(v4: 0xcb00_7105), port: 4_000)
    private static let local = PeerAddress(ip: IPAddress(v4: 0xc000_0201), port: 25)
    private static let bad = ["a.example": ScriptedZone(answer: "127.0.0.2", text: "Spam was seen")]

    private func address(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }

    private func visitor(isStranger: Bool = true) -> GateVisitor {
        GateVisitor(peer: Self.peer, local: Self.local, hello: "mx.example.net", isStranger: isStranger)
    }

    private func gate(
        _ room: MessageRoom, zones: [String: ScriptedZone] = [:], records: (any DomainRecords)? = nil,
        greylists: Bool = false, milters: [ScriptedMilter] = [],
        _ change: (inout FilterPlan) -> Void = { _ in }
    ) -> InboundGate {
        var plan = FilterPlan()
        plan.blockLists = ["a.example"].compactMap(BlockList.init)
        plan.milters = milters.map(\.address)
        change(&plan)
        let list =
            greylists
            ? Greylist(at: room.store.path + "/greylist.db", threads: room.store.threads, clock: { 1_000_000 }) : nil
        return InboundGate(
            FilterServices(
                plan, store: room.store, hostName: "mx.example.org", records: records ?? ScriptedRecords(zones),
                greylist: list))
    }

    private func passRecipient(_ gate: InboundGate, isStranger: Bool = true, to text: String = "b@example.org")
        async throws
        -> FilterVerdict
    {
        if isStranger { gate.arrived(from: Self.peer.ip) }
        let sender = try address("a@example.net")
        #expect(await gate.begin(visitor(isStranger: isStranger), sender, MilterPath("<a@example.net>")) == .accept)
        return await gate.recipient(try address(text), MilterPath("<\(text)>"))
    }

    @Test func refusesWhoIsListed() async throws {
        let verdict = try await passRecipient(gate(try MessageRoom(), zones: Self.bad))
        #expect(
            verdict
                == .refused(code: 550, status: "5.7.1", text: "[203.0.113.5] is listed by a.example: Spam was seen"))
    }

    @Test func letsEverybodyWriteToTheOperator() async throws {
        let gate = gate(try MessageRoom(), zones: Self.bad, greylists: true)
        #expect(try await passRecipient(gate, to: "Postmaster@example.org") == .accept)
        #expect(await gate.recipient(nil, MilterPath("<postmaster>")) == .accept)
        #expect(await gate.recipient(try address("b@example.org"), MilterPath("<b@example.org>")) != .accept)
    }

    @Test func asksNothingAboutOurOwnPeople() async throws {
        let gate = gate(try MessageRoom(), zones: Self.bad, greylists: true)
        #expect(try await passRecipient(gate, isStranger: false) == .accept)
    }

    @Test func makesStrangersWait() async throws {
        let room = try MessageRoom()
        #expect(
            try await passRecipient(gate(room, greylists: true))
                == .deferred(code: 450, status: "4.7.1", text: "Greylisted, try again in 300 seconds"))
        let gate = gate(room, greylists: true)
        _ = await gate.begin(visitor(), nil, MilterPath("<>"))
        #expect(await gate.recipient(try address("b@example.org"), MilterPath("<b@example.org>")) == .accept)
    }

    /// What the gate says of a sender who has not been here, from one network or the other.
    private func greylisted(
        _ gate: InboundGate, from network: UInt8 = 113, sender text: String = "a@football.example.com"
    ) async throws -> FilterVerdict {
        var visitor = visitor()
        visitor.peer = PeerAddress(ip: IPAddress(v4: 0xcb00_0005 | UInt32(network) << 8), port: 4_000)
        _ = await gate.begin(visitor, try address(text), MilterPath("<\(text)>"))
        return await gate.recipient(try address("b@example.org"), MilterPath("<b@example.org>"))
    }

    private static let proven = FootballRecords(texts: [
        "football.example.com": "v=spf1 ip4:203.0.112.0/22 -all", "other.example": "v=spf1 -all",
        "mail.football.example.com": "v=spf1 ip4:203.0.112.0/22 -all",
    ])

    @Test(arguments: [
        (["football.example.com"], "a@football.example.com", true),
        (["football.example.com"], "a@mail.football.example.com", true),
        (["football.example.com", "other.example"], "a@other.example", false),
        (["ball.example.com"], "a@football.example.com", false), ([], "a@football.example.com", false),
    ])
    func whoIsKnownAsGoodNeedNotWait(exempt: [String], sender: String, passes: Bool) async throws {
        let room = try MessageRoom()
        defer { withExtendedLifetime(room) {} }
        let gate = gate(room, records: Self.proven, greylists: true) {
            $0.greylistExempt = exempt
            $0.senders = SenderPolicy(authservID: "mx.example.org")
        }
        #expect(try await (greylisted(gate, sender: sender) == .accept) == passes)
    }

    /// Without SPF nobody has shown that it is he.
    @Test func nobodyIsExemptUnproven() async throws {
        let room = try MessageRoom()
        defer { withExtendedLifetime(room) {} }
        let gate = gate(room, records: Self.proven, greylists: true) {
            $0.greylistExempt = ["football.example.com"]
        }
        #expect(try await greylisted(gate) != .accept)
    }

    /// The gates' clock stands still: who has been here before waits for less.
    @Test func aProvenDomainIsTheSameFromEverywhere() async throws {
        let room = try MessageRoom()
        let list = Greylist(at: room.store.path + "/greylist.db", threads: room.store.threads, clock: { 1_000_000 })
        var plan = FilterPlan()
        plan.senders = SenderPolicy(authservID: "mx.example.org")
        let services = FilterServices(
            plan, store: room.store, hostName: "mx.example.org", records: Self.proven, greylist: list)
        for (sender, network) in [
            ("a@football.example.com", "spf football.example.com"), ("a@other.example", "203.0.114.0/24"),
        ] {
            _ = try await greylisted(InboundGate(services), from: 114, sender: sender)
            let later = Greylist(
                at: room.store.path + "/greylist.db", threads: room.store.threads, clock: { 1_000_300 })
            #expect(try await later.decide(network: network, sender: sender, recipient: "b@example.org") == .pass)
        }
    }

    @Test func tellsFiltersWhoHasLoggedInAndHow() async throws {
        let filter = try ScriptedMilter { _ in .say([MilterPacket("c")]) }
        defer { filter.stop() }
        let gate = gate(try MessageRoom(), milters: [filter])
        var visitor = visitor(isStranger: false)
        (visitor.login, visitor.mechanism, visitor.author) = ("a@example.net", "PLAIN", "b@example.net")
        _ = await gate.begin(visitor, try address("a@example.net"), MilterPath("<a@example.net>"))
        let parameters = ["NOTIFY=NEVER", "ORCPT=rfc822;x@example.org"]
        _ = await gate.recipient(try address("b@example.org"), MilterPath("<b@example.org>", parameters: parameters))
        let macros =
            filter.told("D").first { $0.hasPrefix("M") }?.dropFirst().split(separator: "\0").map(String.init) ?? []
        for (name, value) in [
            ("{auth_type}", "PLAIN"), ("{auth_authen}", "a@example.net"), ("{auth_author}", "b@example.net"),
        ] {
            let place = macros.firstIndex(of: name).map { $0 + 1 }
            #expect(place.flatMap { macros.indices.contains($0) ? macros[$0] : nil } == value, "\(macros)")
        }
        #expect(filter.told("R") == ["<b@example.org>\0NOTIFY=NEVER\0ORCPT=rfc822;x@example.org\0"])
        await gate.close()
    }

    @Test(arguments: [
        ("X-Spam: Yes", true), ("x-spam:yes", true), ("X-Spam: Yes, score=17", true), ("X-Spam:\r\n Yes", true),
        ("X-Spam-Flag: YES", true), ("X-Spam: No", false), ("X-Spam: Yesterday", false), ("X-Spam-Other: Yes", false),
        ("Subject: X-Spam: Yes", false), ("X-Spam: ", false),
    ])
    func putsWhatIsMarkedIntoJunk(_ field: String, _ isJunk: Bool) async throws {
        let room = try MessageRoom()
        let gate = gate(room)
        _ = try await passRecipient(gate)
        let message = try await room.message("From: a@example.net\r\n\(field)\r\n\r\nBody\r\n")
        let end = try await gate.finish(message, traceSize: MessageRoom.trace.utf8.count, id: "q1")
        if case .junk = end.verdict { #expect(isJunk) } else { #expect(!isJunk && end.verdict == .accept) }
        #expect(end.message?.size == message.size)
    }

    @Test func movesTheReturnPathWithTheSender() async throws {
        let filter = try ScriptedMilter { packet in
            packet.letter == UInt8(ascii: "E")
                ? .say([MilterPacket("e", Array("<new@example.net>\0".utf8)), MilterPacket("c")])
                : .say([MilterPacket("c")])
        }
        defer { filter.stop() }
        let room = try MessageRoom()
        let gate = gate(room, milters: [filter])
        _ = try await passRecipient(gate)
        let end = try await gate.finish(room.message(), traceSize: MessageRoom.trace.utf8.count, id: "q1")
        let text = try await room.text(of: try #require(end.message))
        #expect(text == MessageRoom.trace.replacing("<a@example.net>", with: "<new@example.net>") + MessageRoom.text)
        await gate.close()
    }

    @Test func refusesHeadersWithoutEnd() async throws {
        let room = try MessageRoom()
        let gate = gate(room)
        _ = try await passRecipient(gate)
        let field = "X: " + String(repeating: "x", count: 990) + "\r\n"
        let message = try await room.message(String(repeating: field, count: 1_100) + "\r\nBody\r\n")
        #expect(
            try await gate.finish(message, traceSize: MessageRoom.trace.utf8.count, id: "q1").verdict
                == .refused(
                    code: 552, status: "5.3.4", text: "The header has more than 1048576 octets or 30000 fields"))
    }

    /// Large ones go through files, at every step.
    @Test func changesLargeMessages() async throws {
        let filter = try ScriptedMilter { packet in
            packet.letter == UInt8(ascii: "E")
                ? .say([MilterPacket("h", Array("X\0y\0".utf8)), MilterPacket("c")]) : .say([MilterPacket("c")])
        }
        defer { filter.stop() }
        let room = try MessageRoom()
        let gate = gate(room, milters: [filter])
        _ = try await passRecipient(gate)
        let body = String(repeating: String(repeating: "x", count: 70) + "\r\n", count: 20_000)
        let message = try await room.message("A: b\r\n\r\n" + body)
        let end = try await gate.finish(message, traceSize: MessageRoom.trace.utf8.count, id: "q1")
        let text = try await room.text(of: try #require(end.message))
        #expect(text == MessageRoom.trace + "A: b\r\nX: y\r\n\r\n" + body)
        await gate.close()
    }
}
