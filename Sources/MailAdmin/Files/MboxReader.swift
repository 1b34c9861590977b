import MailMessage

/// The messages of an mbox, one after another: separators, "mboxrd" quoting, LF or CR LF.
struct MboxReader: ~Copyable {
    private let path: String
    private var lines: LineReader
    private var separator: MboxSeparator?
    private var isAtStart = true

    init(_ path: String) throws(AdminError) {
        self.path = path
        lines = try LineReader(path: path)
    }

    var position: Int64 { lines.position }

    mutating func next(now: EpochSeconds) throws(AdminError) -> ImportedMessage? {
        if isAtStart { try findFirst() }
        guard let current = separator else { return nil }
        separator = nil
        var bytes: [UInt8] = []
        // A blank line belongs to the separator behind it, so it is held back until it is clear what follows.
        var blank: ArraySlice<UInt8>?
        while let line = try lines.next() {
            if blank != nil || bytes.isEmpty, let next = MboxSeparator(line) {
                separator = next
                break
            }
            if let held = blank { bytes += held }
            blank = nil
            if line.first == 0x0a || line.first == 0x0d && line.count == 2 {
                blank = line
            } else {
                bytes += FromQuoting.isQuoted(line) ? line.dropFirst() : line
            }
        }
        // The blank line at the very end stands for the separator that does not follow; one in an empty body is the header's.
        let mail = LineEnds.toMail(bytes)
        return ImportedMessage(bytes: mail, flags: StatusHeader.flags(mail), receivedAt: current.date ?? now)
    }

    private mutating func findFirst() throws(AdminError) {
        isAtStart = false
        while let line = try lines.next() {
            if let first = MboxSeparator(line) {
                separator = first
                return
            }
            guard line.allSatisfy({ $0 == 0x0a || $0 == 0x0d }) else {
                throw .wrongData(
                    "\(path == "-" ? "standard input" : path) is not an mbox: it does not begin with \"From \"")
            }
        }
    }
}
