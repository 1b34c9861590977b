internal import CGlibc
import Glibc

/// One use of iconv(3) towards UTF-8.
final class Converter {
    private static let chunkLength = 16_384
    private static let replacement: [UInt8] = [0xef, 0xbf, 0xbd]

    private let descriptor: iconv_t
    /// Bytes that are passed over where nothing can be read.
    private let unit: Int

    /// Nil when the charset is unknown.
    init?(_ name: String) {
        // A name with "/" would switch on iconv's suffixes.
        guard !name.utf8.contains(UInt8(ascii: "/")), let descriptor = iconv_open("UTF-8", name),
            Int(bitPattern: descriptor) != -1
        else { return nil }
        self.descriptor = descriptor
        unit = name.hasPrefix("utf-16") ? 2 : name.hasPrefix("utf-32") ? 4 : 1
    }

    deinit { iconv_close(descriptor) }

    func convert(_ bytes: [UInt8]) -> String {
        var input = bytes
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        input.withUnsafeMutableBytes { buffer in
            var position = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            var left = buffer.count
            while left > 0 { step(&position, &left, &output) }
        }
        var none = 0
        var nothing: UnsafeMutablePointer<CChar>?
        drain(&nothing, &none, &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Converts until the output chunk is full, the input ends, or something cannot be read and is passed over.
    private func step(_ position: inout UnsafeMutablePointer<CChar>?, _ left: inout Int, _ output: inout [UInt8]) {
        let before = left
        let error = drain(&position, &left, &output)
        guard left > 0, error != E2BIG || left == before else { return }
        output += Self.replacement
        let skipped = min(unit, left)
        position = position.map { $0 + skipped }
        left -= skipped
    }

    @discardableResult
    private func drain(
        _ position: inout UnsafeMutablePointer<CChar>?, _ left: inout Int, _ output: inout [UInt8]
    ) -> CInt {
        withUnsafeTemporaryAllocation(byteCount: Self.chunkLength, alignment: 1) { chunk in
            var target = chunk.baseAddress?.assumingMemoryBound(to: CChar.self)
            var room = chunk.count
            let result = iconv(descriptor, &position, &left, &target, &room)
            let error = result == -1 ? errno : 0
            output.append(contentsOf: chunk.prefix(chunk.count - room))
            return error
        }
    }
}
