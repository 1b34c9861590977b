/// A finished part: its MIME fields, the blank line, and the encoded body, which ends with CRLF.
package struct BuiltPart: Sendable {
    package let bytes: [UInt8]

    /// RFC 5321 §4.5.3.1.6, without the line end.
    private static let textLineLength = 998

    private init(type: [UInt8], encoding: String?, fields: [(String, [UInt8])] = [], body: [UInt8]) {
        var header = HeaderWriter()
        header.add("Content-Type", folding: type)
        for (name, value) in fields { header.add(name, folding: value) }
        if let encoding { header.add("Content-Transfer-Encoding", encoding) }
        let end: [UInt8] = body.isEmpty || body.last == 0x0a ? [] : [0x0d, 0x0a]
        bytes = header.bytes + [0x0d, 0x0a] + body + end
    }

    /// Plain text in UTF-8; lines may end with LF or CRLF.
    package static func text(_ body: String) -> BuiltPart {
        let utf8 = Array(body.utf8)
        let lines = utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
        let isASCII = utf8.allSatisfy { $0 < 0x80 && $0 != 0 && $0 != 0x0d }
        let isPlain = isASCII && lines.allSatisfy { $0.count <= textLineLength }
        return BuiltPart(
            type: Array("text/plain; charset=\(isASCII ? "us-ascii" : "utf-8")".utf8),
            encoding: isPlain ? "7bit" : "quoted-printable",
            body: isPlain ? Array(lines.joined(separator: [0x0d, 0x0a])) : TransferEncoder.quotedPrintable(utf8))
    }

    /// A file, in base64.
    package static func attachment(_ content: [UInt8], type: String, fileName: String?) -> BuiltPart {
        let name = fileName.map { HeaderWriter.parameter("filename", $0) } ?? []
        return BuiltPart(
            type: Array(type.utf8), encoding: "base64",
            fields: [("Content-Disposition", Array("attachment".utf8) + name)], body: TransferEncoder.base64(content))
    }

    /// A whole message, as it is.
    package static func message(_ bytes: [UInt8]) -> BuiltPart { verbatim(bytes, type: "message/rfc822") }

    /// The header of a message (RFC 6522 §4), as it is.
    package static func messageHeaders(_ bytes: [UInt8]) -> BuiltPart { verbatim(bytes, type: "text/rfc822-headers") }

    /// Fields in groups, for machines (RFC 3464 §2.1).
    package static func deliveryStatus(_ report: DeliveryReport) -> BuiltPart {
        let isGlobal = report.recipients.contains { $0.finalRecipient.needsSMTPUTF8 }
        return verbatim(
            report.statusText, type: isGlobal ? "message/global-delivery-status" : "message/delivery-status")
    }

    private static func verbatim(_ bytes: [UInt8], type: String) -> BuiltPart {
        let isASCII = bytes.allSatisfy { $0 < 0x80 && $0 != 0 }
        return BuiltPart(type: Array(type.utf8), encoding: isASCII ? "7bit" : "8bit", body: bytes)
    }
}
