package import MailMessage

/// The flag names of one account, ready to be written a hundred thousand times: no text is made per message.
package struct FlagNames: Sendable {
    private struct Name: Sendable {
        let bits: Int64
        /// Where it stands in `texts`: an array of each name's own would be counted with every row.
        let place: Range<Int>
    }

    private let names: [Name]
    private let texts: [UInt8]

    package init(_ keywords: KeywordTable) {
        var (names, texts): ([Name], [UInt8]) = ([], [])
        func add(_ bits: Int64, _ text: String) {
            let start = texts.count
            texts += text.utf8
            names.append(Name(bits: bits, place: start..<texts.count))
        }
        for flag in FlagBits.systemFlags { add(flag.bits.rawValue, flag.name) }
        for (bit, keyword) in keywords.names.filter({ (0...62).contains($0.key) }).sorted(by: { $0.key < $1.key }) {
            add(Int64(1) << Int64(bit), keyword.name)
        }
        (self.names, self.texts) = (names, texts)
    }

    func write(_ flags: FlagBits, to bytes: inout [UInt8]) {
        var isFirst = true
        var left = flags.rawValue
        for index in names.indices {
            if left == 0 { return }
            guard left & names[index].bits != 0 else { continue }
            left &= ~names[index].bits
            if !isFirst { bytes.append(0x20) }
            isFirst = false
            texts.withUnsafeBufferPointer {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[names[index].place]))
            }
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
