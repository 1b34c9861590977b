package import MailMessage

/// The pieces of one FETCH response; a separator goes before each attribute but the first.
///
///     writer.beginFetch(number, uid); writer.fetchUID(uid); writer.fetchFlags(flags, names); writer.endFetch()
extension ReplyWriter {
    /// `* 12 FETCH (`, or `* 4711 UIDFETCH (` where only UIDs are used (RFC 9586 §3.3).
    package mutating func beginFetch(_ message: SequenceNumber, _ uid: UID) {
        raw("* ")
        number(UInt64(namesUIDs ? uid.value : message.value))
        raw(namesUIDs ? " UIDFETCH (" : " FETCH (")
        isFirstAttribute = true
    }

    /// `)` and the line end.
    package mutating func endFetch() { raw(")\r\n") }

    package mutating func fetchUID(_ uid: UID) {
        attribute("UID ")
        number(UInt64(uid.value))
    }

    /// \Recent belongs to the session, not to the message (RFC 3501 §2.3.2).
    package mutating func fetchFlags(_ flags: FlagBits, _ names: FlagNames, isRecent: Bool = false) {
        attribute("FLAGS ")
        self.flags(flags, names, isRecent: isRecent)
    }

    package mutating func fetchInternalDate(_ instant: EpochSeconds) {
        attribute("INTERNALDATE ")
        dateTime(instant)
    }

    package mutating func fetchSaveDate(_ instant: EpochSeconds) {
        attribute("SAVEDATE ")
        dateTime(instant)
    }

    package mutating func fetchSize(_ size: Int64) {
        attribute("RFC822.SIZE ")
        number(size)
    }

    package mutating func fetchModSeq(_ value: ModSeq) {
        attribute("MODSEQ (")
        number(value.value)
        close()
    }

    /// The text is ready to send, as the store keeps it.
    package mutating func fetchEnvelope(_ ready: UnsafeRawBufferPointer) {
        attribute("ENVELOPE ")
        raw(ready)
    }

    package mutating func fetchBody(_ ready: UnsafeRawBufferPointer) {
        attribute("BODY ")
        raw(ready)
    }

    package mutating func fetchBodyStructure(_ ready: UnsafeRawBufferPointer) {
        attribute("BODYSTRUCTURE ")
        raw(ready)
    }

    /// RFC 8970 §3: NIL when it was to cost nothing and would.
    package mutating func fetchPreview(_ words: String?) {
        attribute("PREVIEW ")
        nstring(words.map { Array($0.utf8) })
    }

    /// RFC 8474 §5.
    package mutating func fetchEmailID(_ id: String) {
        attribute("EMAILID ")
        objectID(id)
    }

    package mutating func fetchThreadID(_ id: String) {
        attribute("THREADID ")
        objectID(id)
    }

    /// `(M1-2)`
    package mutating func objectID(_ id: String) {
        open()
        text(id)
        close()
    }

    package mutating func fetchBinarySize(_ path: [Int], _ size: Int) {
        attribute("BINARY.SIZE[")
        sectionPath(path)
        raw("] ")
        number(size)
    }

    /// The name of an item that carries message bytes and the space behind it; `literalHeader` or `nilAtom` follows.
    /// Other items have their own functions above and write nothing here.
    package mutating func fetchName(_ item: FetchItem) {
        switch item {
        case .rfc822: attribute("RFC822 ")
        case .rfc822Header: attribute("RFC822.HEADER ")
        case .rfc822Text: attribute("RFC822.TEXT ")
        case .section(let section): sectionName(section)
        case .binary(let section): binaryName(section)
        default: break
        }
    }

    private mutating func attribute(_ name: StaticString) {
        if !isFirstAttribute { space() }
        isFirstAttribute = false
        raw(name)
    }

    private mutating func sectionName(_ section: BodySection) {
        attribute("BODY[")
        sectionPath(section.path)
        let prefix: StaticString = section.path.isEmpty ? "" : "."
        switch section.content {
        case .all: break
        case .header: sectionWord(prefix, "HEADER")
        case .text: sectionWord(prefix, "TEXT")
        case .mime: sectionWord(prefix, "MIME")
        case .headerFields(let names): headerFields(prefix, "HEADER.FIELDS (", names)
        case .headerFieldsNot(let names): headerFields(prefix, "HEADER.FIELDS.NOT (", names)
        }
        raw("]")
        origin(section.partial)
    }

    private mutating func binaryName(_ section: BinarySection) {
        attribute("BINARY[")
        sectionPath(section.path)
        raw("]")
        origin(section.partial)
    }

    private mutating func sectionWord(_ prefix: StaticString, _ word: StaticString) {
        raw(prefix)
        raw(word)
    }

    private mutating func headerFields(_ prefix: StaticString, _ word: StaticString, _ names: [[UInt8]]) {
        sectionWord(prefix, word)
        list(names) { $0.astring($1) }
        close()
    }

    private mutating func sectionPath(_ path: [Int]) {
        for (index, part) in path.enumerated() {
            if index > 0 { raw(".") }
            number(part)
        }
    }

    /// Replies say where the piece begins, never how long it is: that stands in the literal.
    private mutating func origin(_ partial: Partial?) {
        guard let partial else {
            space()
            return
        }
        raw("<")
        number(partial.offset)
        raw("> ")
    }
}
