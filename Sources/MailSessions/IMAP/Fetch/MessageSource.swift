import Glibc
import MailMessage
import MailStore

/// One message's bytes while its FETCH response is made: in hand, or a file read where a section stands.
/// Used on a store thread or in the blocking pool, never on an event loop.
final class MessageSource {
    private enum Content {
        case inline([UInt8])
        case file(OpenFile)
    }

    private let content: Content
    let size: Int
    private var parsedOnce: ParsedMessage?

    init(_ bytes: [UInt8]) {
        content = .inline(bytes)
        size = bytes.count
    }

    init(_ file: OpenFile) {
        content = .file(file)
        size = file.size
    }

    var isFile: Bool {
        if case .file = content { true } else { false }
    }

    func parsed() throws -> ParsedMessage {
        if let parsedOnce { return parsedOnce }
        let parsed = try parse()
        parsedOnce = parsed
        return parsed
    }

    /// A file is parsed as it is read: constant memory whatever its size.
    private func parse() throws -> ParsedMessage {
        switch content {
        case .inline(let bytes): return ParsedMessage(bytes)
        case .file(let file):
            var parser = MessageParser()
            var offset = 0
            while offset < file.size {
                let chunk = try file.read(at: offset, count: min(OpenFile.chunkSize, file.size - offset))
                chunk.withUnsafeBytes { parser.consume($0) }
                offset += chunk.count
            }
            return parser.finish()
        }
    }

    /// Where the message's own header stands, found without parsing what follows it: clients that list a folder ask
    /// for the headers of large messages by the thousand.
    func headerRange() throws -> Range<Int> {
        guard parsedOnce == nil, let header = try header() else { return try parsed().root.headerRange }
        return ParsedMessage(Array(header)).root.headerRange
    }

    /// Up to and with the first blank line; nil when there is none within the limit of a header.
    func header() throws -> ArraySlice<UInt8>? {
        switch content {
        case .inline(let bytes): return Self.header(of: bytes)
        case .file(let file):
            var count = Self.headerGuess
            while count <= MessageLimits.headerBytes {
                let bytes = try file.read(at: 0, count: min(count, file.size))
                if let header = Self.header(of: bytes) { return header }
                count *= 8
            }
            return nil
        }
    }

    private static let headerGuess = 16 << 10

    private static func header(of bytes: [UInt8]) -> ArraySlice<UInt8>? {
        var lineStart = 0
        for index in bytes.indices where bytes[index] == 0x0a {
            let length = index - lineStart
            if length == 0 || (length == 1 && bytes[lineStart] == 0x0d) { return bytes[...index] }
            lineStart = index + 1
        }
        return nil
    }

    func bytes(_ range: Range<Int>) throws -> ArraySlice<UInt8> {
        let range = range.clamped(to: 0..<size)
        switch content {
        case .inline(let bytes): return bytes[range]
        case .file(let file): return try file.read(at: range.lowerBound, count: range.count)[...]
        }
    }
}

/// A body file, open for as long as this value or a copy of it lives: an expunge meanwhile takes nothing away.
final class OpenFile: Sendable {
    static let chunkSize = 256 << 10

    private let descriptor: Int32
    let size: Int

    /// Nil when the file is gone or shorter than the store says.
    init?(path: String, size: Int64) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int64(status.st_size) >= size, let size = Int(exactly: size) else {
            Glibc.close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        self.size = size
    }

    deinit { Glibc.close(descriptor) }

    /// All of `count` bytes, or an error.
    func read(at offset: Int, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                guard let base = buffer.baseAddress else { return }
                let got = pread(descriptor, base + filled, count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { throw StoreError.inputOutput("a message body cannot be read") }
                filled += got
            }
        }
    }
}
