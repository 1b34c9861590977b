internal import MailCrypto

/// The digest of a body, canonicalised on the way (RFC 6376 §3.4.3, §3.4.4, §3.7), in constant memory.
package struct BodyHash: Sendable {
    private static let bufferSize = 16_384

    private let canonicalization: Canonicalization
    /// `l=`: so many bytes of the canonical body are hashed.
    private let limit: Int?
    private var hash = RunningSHA256()
    private var buffer: [UInt8] = []
    /// Bytes of the canonical body so far, hashed or beyond the limit.
    package private(set) var length = 0
    /// Line ends that count only if something follows.
    private var emptyLines = 0
    private var isBehindReturn = false
    private var hasBlank = false

    package init(_ canonicalization: Canonicalization, limit: Int? = nil) {
        (self.canonicalization, self.limit) = (canonicalization, limit)
        buffer.reserveCapacity(Self.bufferSize)
    }

    package mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        while position < bytes.count {
            let end = isBehindReturn ? position : endOfPlain(bytes, from: position)
            if end > position {
                putPrefix()
                write(UnsafeRawBufferPointer(rebasing: bytes[position..<end]))
                position = end
            } else {
                take(bytes[position])
                position += 1
            }
        }
    }

    package mutating func consume(_ bytes: [UInt8]) { bytes.withUnsafeBytes { consume($0) } }

    /// The digest, and how long the canonical body was; after this nothing more is taken.
    package mutating func finish() -> (digest: [UInt8], length: Int) {
        if isBehindReturn { put(0x0d) }
        isBehindReturn = false
        // An empty body is one empty line in the simple form, and nothing in the relaxed one.
        if canonicalization == .simple || length > 0 {
            emptyLines = 1
            putEmptyLines()
        }
        flush()
        return (hash.digest, length)
    }

    private mutating func take(_ byte: UInt8) {
        if isBehindReturn {
            isBehindReturn = false
            if byte == 0x0a {
                hasBlank = false  // white space at the end of a line
                emptyLines &+= 1
                return
            }
            put(0x0d)
        }
        switch byte {
        case 0x0d: isBehindReturn = true
        case 0x20 where canonicalization == .relaxed, 0x09 where canonicalization == .relaxed: hasBlank = true
        default: put(byte)
        }
    }

    /// Where the bytes end that stand for themselves.
    private func endOfPlain(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var end = start
        if canonicalization == .simple {
            while end < bytes.count, bytes[end] != 0x0d { end += 1 }
        } else {
            while end < bytes.count, bytes[end] != 0x0d, bytes[end] != 0x20, bytes[end] != 0x09 { end += 1 }
        }
        return end
    }

    private mutating func put(_ byte: UInt8) {
        putPrefix()
        write(byte)
    }

    /// What was held back, now that something follows.
    @inline(__always)
    private mutating func putPrefix() {
        if emptyLines > 0 { putEmptyLines() }
        if hasBlank {
            hasBlank = false
            write(0x20)
        }
    }

    private mutating func putEmptyLines() {
        for _ in 0..<emptyLines {
            write(0x0d)
            write(0x0a)
        }
        emptyLines = 0
    }

    @inline(__always)
    private mutating func write(_ byte: UInt8) {
        buffer.append(byte)
        length &+= 1
        if buffer.count >= Self.bufferSize { flush() }
    }

    @inline(__always)
    private mutating func write(_ run: UnsafeRawBufferPointer) {
        if run.count > Self.bufferSize - buffer.count { flush() }
        length &+= run.count
        if run.count > Self.bufferSize {
            hash.add(UnsafeRawBufferPointer(rebasing: run[..<wanted(of: run.count)]))
        } else {
            buffer.append(contentsOf: run)
        }
    }

    private mutating func flush() {
        let wanted = wanted(of: buffer.count)
        buffer.withUnsafeBytes { hash.add(UnsafeRawBufferPointer(rebasing: $0[..<wanted])) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// How many of the last bytes of `length` are hashed.
    private func wanted(of count: Int) -> Int { limit.map { max(0, min($0 - (length - count), count)) } ?? count }
}
