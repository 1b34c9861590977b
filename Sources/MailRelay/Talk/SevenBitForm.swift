import MailMessage
import MailStore

/// The same message in ASCII lines, for a host without 8BITMIME (RFC 6152 §3) or BINARYMIME: each part that needs it gets
/// quoted-printable or base64, embedded messages included. What needs nothing is not touched, nor even read into memory.
struct SevenBitForm {
    /// Of parts that are encoded anew, all together: they are made in memory.
    static let largestRecoded = 32 << 20

    enum Aim {
        /// ASCII lines and nothing else.
        case sevenBit
        /// No long lines, where that is allowed: what is signed stays as it is.
        case shortLines
    }

    enum Fault: Error, Equatable {
        case notAllowed(String)
        case unreadable(String)
    }

    private let source: MessageContent
    private let parsed: ParsedMessage
    private let aim: Aim
    private var pieces: [MessageContent] = []
    /// Up to here the source has been used.
    private var position: Int64 = 0
    private var recoded = 0

    init(of source: MessageContent, _ parsed: ParsedMessage, aim: Aim = .sevenBit) {
        self.source = source
        self.parsed = parsed
        self.aim = aim
    }

    consuming func content() async throws(Fault) -> MessageContent {
        for part in parsed.parts { try await take(part) }
        try await copy(to: source.size)
        return .joining(pieces)
    }

    private mutating func take(_ part: Part) async throws(Fault) {
        guard case .leaf = part.kind else { return try await relabel(part) }
        let scan = try await scan(part.bodyRange)
        switch aim {
        case .sevenBit where scan.isEightBit || scan.isBinary: try await recode(part, scan)
        case .shortLines where scan.hasLongLine && mayRecode(part): try await recode(part, scan)
        case .sevenBit, .shortLines: try await relabel(part)
        }
    }

    /// What was called 8bit or binary is neither now (RFC 2045 §6.2).
    private mutating func relabel(_ part: Part) async throws(Fault) {
        guard aim == .sevenBit, part.transferEncoding == .eightBit || part.transferEncoding == .binary else { return }
        try await header(of: part, encoding: "7bit")
    }

    private mutating func recode(_ part: Part, _ scan: PartScan) async throws(Fault) {
        try check(part)
        recoded += part.bodyRange.count
        guard recoded <= Self.largestRecoded else { throw .notAllowed("it is too large to be converted") }
        let octets = TransferDecoder.decode(try await octets(of: part.bodyRange), part.transferEncoding)
        let isText = part.mediaType.isText && scan.eightBit <= octets.count / 3
        try await header(of: part, encoding: isText ? "quoted-printable" : "base64")
        var encoded = isText ? TransferEncoder.quotedPrintable(octets) : TransferEncoder.base64(octets)
        if part.parent != nil, encoded.suffix(2) == [0x0d, 0x0a] { encoded.removeLast(2) }  // the delimiter has its own
        pieces.append(MessageContent(encoded))
        position = Int64(part.bodyRange.upperBound)
    }

    private func mayRecode(_ part: Part) -> Bool {
        (try? check(part)) != nil && recoded + part.bodyRange.count <= Self.largestRecoded
    }

    /// RFC 1847 §2.1: what is signed must not change on its way. RFC 2046 §5.2: some kinds are never encoded.
    private func check(_ part: Part) throws(Fault) {
        var above = part.parent
        while let index = above, let container = parsed.parts.first(where: { $0.index == index }) {
            let isSealed =
                container.mediaType.isMultipart && ["signed", "encrypted"].contains(container.mediaType.subtype)
            guard !isSealed else { throw .notAllowed("a signed or encrypted part cannot be converted") }
            above = container.parent
        }
        let declared = part.header.first("Content-Type").map { $0.unfolded } ?? []
        let isContainer = ["multipart/", "message/"].contains { declared.starts(with: $0.utf8, by: Self.same) }
        guard !isContainer else { throw .notAllowed("a part of its kind must not be encoded") }
        if case .other = part.transferEncoding { throw .notAllowed("a part is encoded in an unknown way") }
    }

    private static func same(_ left: UInt8, _ right: UInt8) -> Bool {
        left == right || (0x41...0x5a).contains(left) && left + 0x20 == right
    }

    // MARK: Headers

    private mutating func header(of part: Part, encoding: String) async throws(Fault) {
        try await copy(to: Int64(part.headerRange.lowerBound))
        pieces.append(MessageContent(Self.header(part, isRoot: part.index == 0, encoding)))
        position = Int64(part.headerRange.upperBound)
    }

    /// The fields in their order with the encoding's own in its place, and what makes it valid MIME (RFC 2045 §4).
    private static func header(_ part: Part, isRoot: Bool, _ encoding: String) -> [UInt8] {
        var result: [UInt8] = []
        var hasEncoding = false
        let field = Array("Content-Transfer-Encoding: \(encoding)\r\n".utf8)
        for line in part.header.fields {
            let name = line.name.map { (0x41...0x5a).contains($0) ? $0 + 0x20 : $0 }
            guard name.elementsEqual("content-transfer-encoding".utf8) else {
                result += LineEndings.mended(Array(line.raw), endsLine: true)
                continue
            }
            if !hasEncoding { result += field }
            hasEncoding = true
        }
        if !hasEncoding { result += field }
        if isRoot, part.header.first("MIME-Version") == nil { result += Array("MIME-Version: 1.0\r\n".utf8) }
        // RFC 1428 §3: nobody knows what letters they are.
        if encoding != "7bit", part.header.first("Content-Type") == nil {
            result += Array("Content-Type: text/plain; charset=unknown-8bit\r\n".utf8)
        }
        return result + [0x0d, 0x0a]
    }

    // MARK: The source

    /// What stands between: preambles, delimiters, parts that need nothing.
    private mutating func copy(to end: Int64) async throws(Fault) {
        guard end > position else { return }
        let between = source.slice(position..<end)
        let scan = try await scan(Int(position)..<Int(end))
        pieces.append(
            scan.isBinary
                ? MessageContent(LineEndings.mended(try await octets(of: Int(position)..<Int(end)), endsLine: false))
                : between)
        position = end
    }

    private func scan(_ range: Range<Int>) async throws(Fault) -> PartScan {
        var scan = PartScan()
        try await each(range) { scan.consume($0) }
        scan.finish()
        return scan
    }

    private func octets(of range: Range<Int>) async throws(Fault) -> [UInt8] {
        guard range.count <= Self.largestRecoded else { throw .notAllowed("it is too large to be converted") }
        var all: [UInt8] = []
        try await each(range) { all += $0 }
        return all
    }

    private func each(_ range: Range<Int>, _ body: ([UInt8]) -> Void) async throws(Fault) {
        do {
            try await source.slice(Int64(range.lowerBound)..<Int64(range.upperBound)).eachChunk(body)
        } catch {
            throw .unreadable("\(error)")
        }
    }
}
