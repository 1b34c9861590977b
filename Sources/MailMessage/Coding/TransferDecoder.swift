/// Takes a transfer encoding off, chunk by chunk. Broken input decodes as far as it makes sense, and never fails.
package struct TransferDecoder: Sendable {
    private enum Form: Sendable {
        case plain
        case base64(Base64Decoder)
        case quotedPrintable(QuotedPrintableDecoder)
    }

    private var form: Form

    package init(_ encoding: TransferEncoding) {
        switch encoding {
        case .base64: form = .base64(Base64Decoder())
        case .quotedPrintable: form = .quotedPrintable(QuotedPrintableDecoder())
        case .sevenBit, .eightBit, .binary, .other: form = .plain
        }
    }

    package mutating func consume(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        if bytes.withContiguousStorageIfAvailable({ consume(UnsafeRawBufferPointer($0), into: &output) }) == nil {
            Array(bytes).withUnsafeBytes { consume($0, into: &output) }
        }
        return output
    }

    package mutating func consume(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        switch form {
        case .plain:
            output.append(contentsOf: bytes)
        case .base64(var decoder):
            decoder.consume(bytes, into: &output)
            form = .base64(decoder)
        case .quotedPrintable(var decoder):
            form = .plain  // so that the decoder's buffer is not copied
            decoder.consume(bytes, into: &output)
            form = .quotedPrintable(decoder)
        }
    }

    /// What the end of the text sets free.
    package mutating func finish() -> [UInt8] {
        var output: [UInt8] = []
        switch form {
        case .plain: break
        case .base64(var decoder): decoder.finish(into: &output)
        case .quotedPrintable(var decoder): decoder.finish(into: &output)
        }
        form = .plain
        return output
    }

    package static func decode(_ bytes: some Collection<UInt8>, _ encoding: TransferEncoding) -> [UInt8] {
        var decoder = TransferDecoder(encoding)
        return decoder.consume(bytes) + decoder.finish()
    }
}
