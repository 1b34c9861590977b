package import MailMessage

/// The short untagged responses (RFC 9051 §7.2-7.5).
extension ReplyWriter {
    package mutating func exists(_ count: Int) { counted(count, " EXISTS\r\n") }
    /// RFC 3501 §7.3.2; gone in RFC 9051.
    package mutating func recent(_ count: Int) { counted(count, " RECENT\r\n") }
    package mutating func expunge(_ message: SequenceNumber) { counted(Int(message.value), " EXPUNGE\r\n") }

    private mutating func counted(_ count: Int, _ word: StaticString) {
        raw("* ")
        number(count)
        raw(word)
    }

    /// `* FLAGS (...)`
    package mutating func flagsReply(_ flags: [Flag]) {
        raw("* FLAGS ")
        self.flags(flags)
        endLine()
    }

    package mutating func capability(_ names: [String]) { words("* CAPABILITY", names) }
    package mutating func enabled(_ names: [String]) { words("* ENABLED", names) }

    private mutating func words(_ start: StaticString, _ names: [String]) {
        raw(start)
        for name in names {
            space()
            text(name)
        }
        endLine()
    }

    /// `* ID ("name" "value")`; nil and no fields at all are both NIL (RFC 2971 §3.2).
    package mutating func id(_ fields: [IDField]?) {
        raw("* ID ")
        if let fields, !fields.isEmpty {
            open()
            list(fields) { writer, field in
                writer.string(field.name)
                writer.space()
                writer.nstring(field.value)
            }
            close()
        } else {
            nilAtom()
        }
        endLine()
    }
}
