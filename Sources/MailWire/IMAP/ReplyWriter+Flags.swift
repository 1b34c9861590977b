package import MailMessage

/// The flag names of one account, ready to be written a hundred thousand times: no text is made per message.
package struct FlagNames: Sendable {
    private let names: [(bits: Int64, text: [UInt8])]

    package init(_ keywords: KeywordTable) {
        let system = FlagBits.systemFlags.map { (bits: $0.bits.rawValue, text: Array($0.name.utf8)) }
        let user = keywords.names.filter { (0...62).contains($0.key) }.sorted { $0.key < $1.key }
            .map { (bits: Int64(1) << Int64($0.key), text: Array($0.value.name.utf8)) }
        names = system + user
    }

    func write(_ flags: FlagBits, to bytes: inout [UInt8]) {
        var isFirst = true
        var left = flags.rawValue
        for name in names {
            if left == 0 { return }
            guard left & name.bits != 0 else { continue }
            left &= ~name.bits
            if !isFirst { bytes.append(0x20) }
            isFirst = false
            bytes.append(contentsOf: name.text)
        }
    }
}

extension ReplyWriter {
    /// `(\Seen $Forwarded)`
    package mutating func flags(_ flags: FlagBits, _ names: FlagNames, isRecent: Bool = false) {
        open()
        names.write(flags, to: &bytes)
        if isRecent { raw(flags.isEmpty ? "\\Recent" : " \\Recent") }
        close()
    }

    /// `(\Answered \Seen $Forwarded)`, with `\*` at the end when clients may make new ones.
    package mutating func flags(_ flags: [Flag], mayCreate: Bool = false) {
        open()
        list(flags) { $0.flag($1) }
        if mayCreate { raw(flags.isEmpty ? "\\*" : " \\*") }
        close()
    }

    package mutating func flag(_ flag: Flag) {
        switch flag {
        case .system(let bits): FlagNames.system.write(bits, to: &bytes)
        case .keyword(let keyword): text(keyword.name)
        }
    }

    /// Elements with single spaces between them.
    package mutating func list<Elements: Sequence>(
        _ elements: Elements, _ write: (inout ReplyWriter, Elements.Element) -> Void
    ) {
        var isFirst = true
        for element in elements {
            if !isFirst { space() }
            isFirst = false
            write(&self, element)
        }
    }
}

extension FlagNames {
    static let system = FlagNames(KeywordTable())
}
