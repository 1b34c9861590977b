/// What a filter says: the SMFIR_ replies.
package enum MilterReply: Sendable, Equatable {
    case options(MilterOptions)
    case `continue`
    case accept
    case reject
    case tempfail
    case discard
    /// The filter has lost what it needs: its connection is worth nothing any more.
    case connectionFailed
    /// 421, and the conversation ends.
    case shutdown
    /// It is still at it.
    case progress
    /// It has seen enough of the body.
    case skip
    case reply(MilterReplyText)
    case change(MilterChange)

    /// Nil for what no filter may say.
    package init?(_ packet: MilterPacket) {
        if let plain = Self.plain(packet.letter) {
            self = plain
        } else if let change = MilterChange(packet) {
            self = .change(change)
        } else {
            switch packet.letter {
            case UInt8(ascii: "O"):
                guard let options = MilterOptions(answer: packet.data) else { return nil }
                self = .options(options)
            case UInt8(ascii: "y"):
                guard let text = MilterReplyText(packet.data) else { return nil }
                self = .reply(text)
            default: return nil
            }
        }
    }

    private static func plain(_ letter: UInt8) -> MilterReply? {
        switch letter {
        case UInt8(ascii: "c"): .continue
        case UInt8(ascii: "a"): .accept
        case UInt8(ascii: "r"): .reject
        case UInt8(ascii: "t"): .tempfail
        case UInt8(ascii: "d"): .discard
        case UInt8(ascii: "f"): .connectionFailed
        case UInt8(ascii: "4"): .shutdown
        case UInt8(ascii: "p"): .progress
        case UInt8(ascii: "s"): .skip
        default: nil
        }
    }
}

extension MilterOptions {
    /// Macros that one stage can be asked for, all together.
    static let longestMacroList = 4_096

    /// Version, actions and steps; then, for each stage it has wishes for, its number and names with blanks between.
    init?(answer data: [UInt8]) {
        var reader = MilterReader(data)
        guard let version = reader.number(), let actions = reader.number(), let steps = reader.number() else {
            return nil
        }
        self.init(version: version, actions: MilterActions(rawValue: actions), steps: MilterSteps(rawValue: steps))
        while let stage = reader.number() {
            guard let names = reader.lastString(), names.count <= Self.longestMacroList else { return nil }
            guard let stage = MilterStage(rawValue: stage) else { continue }
            macros[stage] = String(decoding: names, as: UTF8.self).split(whereSeparator: { " ,".contains($0) }).map(
                String.init)
        }
    }
}
