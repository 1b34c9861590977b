import MailCrypto
import MailMessage
import MailWire

/// Base64 and quoted-printable, there and back, whole and cut; the first byte chooses which, and where the cut is.
enum FuzzTransferCoding: FuzzTarget {
    static let name = "transfer-coding"

    static func check(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let bytes = Array(input.dropFirst())
        var rules = Rules()
        for encoding in [TransferEncoding.base64, .quotedPrintable, .eightBit] {
            let whole = TransferDecoder.decode(bytes, encoding)
            for pieces in Pieces.cuts(of: bytes, choice) {
                rules.that(decoded(pieces, encoding) == whole, "\(encoding.name) in pieces")
            }
            rules.that(whole.count <= bytes.count, "\(encoding.name) makes more of it")
        }
        rules.none(brokenBase64(bytes))
        rules.none(brokenQuotedPrintable(bytes))
        rules.none(brokenStrictBase64(bytes))
        return rules.broken
    }

    private static func decoded(_ pieces: [ArraySlice<UInt8>], _ encoding: TransferEncoding) -> [UInt8] {
        var decoder = TransferDecoder(encoding)
        var result: [UInt8] = []
        for piece in pieces { result += decoder.consume(piece) }
        return result + decoder.finish()
    }

    private static func brokenBase64(_ bytes: [UInt8]) -> String? {
        var rules = Rules()
        let lines = TransferEncoder.base64(bytes)
        rules.that(TransferDecoder.decode(lines, .base64) == bytes, "base64 in lines")
        rules.that(lines.split(separator: 0x0a).allSatisfy { $0.count <= 77 }, "a line of base64 too long")
        rules.that(TransferDecoder.decode(TransferEncoder.base64Text(bytes), .base64) == bytes, "base64 on one line")
        return rules.broken
    }

    /// Text comes back with its line ends as CRLF.
    private static func brokenQuotedPrintable(_ bytes: [UInt8]) -> String? {
        let written = TransferEncoder.quotedPrintable(bytes)
        let lines = written.split(separator: 0x0a, omittingEmptySubsequences: false)
        var rules = Rules()
        rules.that(lines.allSatisfy { $0.count <= 77 }, "a quoted-printable line too long")
        rules.that(written.allSatisfy { (0x20...0x7e).contains($0) || [0x0a, 0x0d, 0x09].contains($0) }, "8-bit text")
        rules.that(TransferDecoder.decode(written, .quotedPrintable) == withLineEnds(bytes), "quoted-printable")
        return rules.broken
    }

    private static func withLineEnds(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var last: UInt8 = 0
        for byte in bytes {
            if byte == 0x0a, last != 0x0d { result.append(0x0d) }
            result.append(byte)
            last = byte
        }
        return result
    }

    /// The strict decoders of logins and keys take exactly what is written, and agree.
    private static func brokenStrictBase64(_ bytes: [UInt8]) -> String? {
        var rules = Rules()
        rules.that(SASLBase64.decode(SASLBase64.encode(bytes)) == bytes, "SASL's base64 there and back")
        rules.that(Base64.decode(Base64.encodedBytes(bytes)) == bytes, "keys' base64 there and back")
        rules.that(Base64.decode(bytes) == SASLBase64.decode(bytes), "the strict decoders differ")
        rules.that(Base64.decode(bytes).map { Base64.encodedBytes($0) == bytes } ?? true, "two spellings")
        return rules.broken
    }
}
