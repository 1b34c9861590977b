package import MailNetwork

/// What is told to a filter: the SMFIC_ commands.
package enum MilterCommand: Sendable, Equatable {
    case negotiate(MilterOptions)
    /// `name`: of the client, or its address in brackets.
    case connect(name: String, peer: PeerAddress)
    case hello(String)
    /// An address in angle brackets, and the parameters as the client wrote them.
    case sender(String, parameters: [String])
    case recipient(String, parameters: [String])
    case data
    /// With line feeds alone where a field goes over several lines.
    case header(name: [UInt8], value: [UInt8])
    case endOfHeaders
    case body(ArraySlice<UInt8>)
    case endOfMessage
    /// The message at hand comes to nothing; the conversation goes on.
    case abort
    case quit
    /// What the next command is to know.
    case macros(MilterStage, [MilterMacro])

    package var packet: MilterPacket {
        switch self {
        case .negotiate(let options): MilterPacket("O", Self.negotiation(options))
        case .connect(let name, let peer): MilterPacket("C", Self.connection(name, peer))
        case .hello(let name): MilterPacket("H", Self.string(name))
        case .sender(let address, let parameters): MilterPacket("M", Self.strings([address] + parameters))
        case .recipient(let address, let parameters): MilterPacket("R", Self.strings([address] + parameters))
        case .data: MilterPacket("T")
        case .header(let name, let value): MilterPacket("L", Self.string(name) + Self.string(value))
        case .endOfHeaders: MilterPacket("N")
        case .body(let chunk): MilterPacket("B", Array(chunk))
        case .endOfMessage: MilterPacket("E")
        case .abort: MilterPacket("A")
        case .quit: MilterPacket("Q")
        case .macros(let stage, let macros): MilterPacket("D", Self.list(stage, macros))
        }
    }

    private static func negotiation(_ options: MilterOptions) -> [UInt8] {
        [options.version, options.actions.rawValue, options.steps.rawValue].flatMap(MilterPacket.octets)
    }

    private static func connection(_ name: String, _ peer: PeerAddress) -> [UInt8] {
        let isFour = peer.ip.family == .v4
        let port = withUnsafeBytes(of: peer.port.bigEndian) { Array($0) }
        // Sendmail and Postfix write "IPv6:" before an address of that family.
        return string(name) + [UInt8(ascii: isFour ? "4" : "6")] + port + string((isFour ? "" : "IPv6:") + "\(peer.ip)")
    }

    private static func list(_ stage: MilterStage, _ macros: [MilterMacro]) -> [UInt8] {
        [stage.letter] + strings(macros.flatMap { [$0.name, $0.value] })
    }

    private static func strings(_ texts: [String]) -> [UInt8] { texts.flatMap(string) }
    private static func string(_ text: String) -> [UInt8] { string(Array(text.utf8)) }
    /// A zero octet would end the string before its end.
    private static func string(_ bytes: [UInt8]) -> [UInt8] { bytes.filter { $0 != 0 } + [0] }
}

extension MilterStage {
    /// The command that a list of macros goes before.
    var letter: UInt8 {
        switch self {
        case .connect: UInt8(ascii: "C")
        case .hello: UInt8(ascii: "H")
        case .sender: UInt8(ascii: "M")
        case .recipient: UInt8(ascii: "R")
        case .data: UInt8(ascii: "T")
        case .endOfMessage: UInt8(ascii: "E")
        case .endOfHeaders: UInt8(ascii: "N")
        }
    }
}
