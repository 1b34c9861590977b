import MailNetwork
import Testing

@testable import MailFilter

@Suite struct MilterPacketTests {
    struct Row: Sendable {
        let command: MilterCommand
        let letter: Character
        let data: String
    }

    @Test(arguments: [
        Row(command: .hello("mail.example.org"), letter: "H", data: "mail.example.org\0"),
        Row(
            command: .connect(name: "[192.0.2.1]", peer: PeerAddress(ip: IPAddress(v4: 0xc000_0201), port: 0x1234)),
            letter: "C", data: "[192.0.2.1]\u{0}4\u{12}\u{34}192.0.2.1\0"),
        Row(
            command: .connect(name: "x", peer: PeerAddress(ip: IPAddress(v6: 0x2001_0db8 << 32, 1), port: 25)),
            letter: "C", data: "x\u{0}6\u{0}\u{19}IPv6:2001:db8::1\0"),
        Row(
            command: .sender("<a@example.org>", parameters: ["SIZE=100", "BODY=8BITMIME"]), letter: "M",
            data: "<a@example.org>\0SIZE=100\0BODY=8BITMIME\0"),
        Row(command: .recipient("<>", parameters: []), letter: "R", data: "<>\0"),
        Row(command: .header(name: Array("A".utf8), value: Array("b\n\tc".utf8)), letter: "L", data: "A\0b\n\tc\0"),
        // A zero octet would make two strings of one.
        Row(command: .header(name: Array("A".utf8), value: Array("b\0c".utf8)), letter: "L", data: "A\0bc\0"),
        Row(command: .body(Array("x\0y".utf8)[...]), letter: "B", data: "x\0y"),
        Row(
            command: .macros(.sender, [MilterMacro("i", "q1"), MilterMacro("{x}", "")]), letter: "D",
            data: "Mi\0q1\0{x}\0\0"),
        Row(command: .negotiate(.offer(version: 2)), letter: "O", data: "\0\0\0\u{2}\0\0\0\u{3f}\0\0\0\u{7f}"),
        Row(command: .data, letter: "T", data: ""), Row(command: .endOfHeaders, letter: "N", data: ""),
        Row(command: .endOfMessage, letter: "E", data: ""), Row(command: .abort, letter: "A", data: ""),
        Row(command: .quit, letter: "Q", data: ""),
    ])
    func writes(_ row: Row) {
        #expect(row.command.packet == MilterPacket(row.letter, Array(row.data.utf8)))
    }

    @Test func frames() {
        let bytes = MilterPacket("B", [1, 2, 3]).bytes
        #expect(bytes == [0, 0, 0, 4, UInt8(ascii: "B"), 1, 2, 3])
        #expect(MilterPacket.length(Array(bytes.prefix(4))) == 4)
        #expect(MilterPacket(content: Array(bytes.dropFirst(4))) == MilterPacket("B", [1, 2, 3]))
        #expect(MilterPacket(content: []) == nil)
    }

    @Test(
        arguments: [
            ([0, 0, 0, 0], nil), ([0, 0, 0, 1], 1), ([0, 0x10, 0, 0], 1 << 20), ([0, 0x10, 0, 1], nil),
            ([0xff, 0xff, 0xff, 0xff], nil), ([0, 0, 1], nil), ([], nil),
        ] as [([UInt8], Int?)])
    func limitsLengths(_ header: [UInt8], _ length: Int?) { #expect(MilterPacket.length(header) == length) }
}

@Suite struct MilterOptionsTests {
    private func answer(_ version: UInt32, _ actions: UInt32, _ steps: UInt32, _ more: [UInt8] = []) -> MilterOptions? {
        MilterOptions(answer: [version, actions, steps].flatMap(MilterPacket.octets) + more)
    }

    @Test(
        arguments: [
            (6, 0x1ff, 0x1f_f7ff, true), (2, 0x3f, 0x7f, true), (6, 0, 0, true),
            (1, 0, 0, false), (7, 0, 0, false), (6, 0x200, 0, false), (6, 0, 0x800, false), (6, 0, 1 << 28, false),
        ] as [(UInt32, UInt32, UInt32, Bool)])
    func agrees(_ version: UInt32, _ actions: UInt32, _ steps: UInt32, _ isAgreed: Bool) throws {
        let answer = try #require(self.answer(version, actions, steps))
        #expect((MilterOptions.offer().agreed(to: answer) != nil) == isAgreed)
    }

    @Test func readsChosenMacros() throws {
        let lists =
            MilterPacket.octets(of: 2) + Array("i {auth_authen}\0".utf8) + MilterPacket.octets(of: 99)
            + Array("x\0".utf8)
        let options = try #require(answer(6, 0x100, 0, lists))
        #expect(options.macros == [.sender: ["i", "{auth_authen}"]])
        var macros = MilterMacros()
        macros["{auth_authen}"] = "anna"
        macros["{mail_addr}"] = "a@example.org"
        #expect(macros.told(at: .sender, chosen: options.macros) == [MilterMacro("{auth_authen}", "anna")])
        #expect(macros.told(at: .sender, chosen: [:]).count == 2)
        let endless = MilterPacket.octets(of: 2) + [UInt8](repeating: 0x69, count: MilterOptions.longestMacroList + 1)
        #expect(answer(6, 0x100, 0, endless) == nil)
    }

    @Test(arguments: [
        ("inet:127.0.0.1:11332", "inet:127.0.0.1:11332"), ("inet:8891@localhost", "inet:localhost:8891"),
        ("inet6:[::1]:8891", "inet:[::1]:8891"), ("inet:::1:8891", "inet:[::1]:8891"),
        ("unix:/run/x/y.sock", "unix:/run/x/y.sock"),
        ("local:/run/x", "unix:/run/x"), ("unix:run/x", nil), ("inet:host", nil), ("inet:host:0", nil),
        ("inet:host:65536", nil), ("inet::25", nil), ("smtp:host:25", nil), ("", nil), ("inet:a b:25", nil),
        ("unix:/" + String(repeating: "x", count: 107), nil),
    ])
    func readsAddresses(_ text: String, _ expected: String?) { #expect(MilterAddress(text)?.description == expected) }
}
