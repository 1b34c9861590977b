/// Answers SEARCH's questions about the text of one message (RFC 9051 §6.4.4). Needles come folded (`CaseFolding`).
package struct MessageSearch {
    private let bytes: [UInt8]
    private let message: ParsedMessage

    package init(_ bytes: [UInt8], _ message: ParsedMessage) {
        self.bytes = bytes
        self.message = message
    }

    /// HEADER, SUBJECT, FROM and their like; an empty needle asks whether there is such a field at all.
    package func header(_ name: String, contains needle: [UInt8]) -> Bool {
        message.header.all(name).contains { ByteSearch.contains(CaseFolding.fold($0.decoded), needle) }
    }

    /// BODY: the text of the message, decoded; what is not text is not searched.
    package func body(contains needle: [UInt8]) -> Bool {
        message.parts.contains { part in
            isEmbeddedRoot(part) && contains(part.header, needle) || part.kind == .leaf && contains(part, needle)
        }
    }

    /// TEXT: every header and the body.
    package func text(contains needle: [UInt8]) -> Bool {
        message.parts.contains { part in
            contains(part.header, needle) || part.kind == .leaf && contains(part, needle)
        }
    }

    private func isEmbeddedRoot(_ part: Part) -> Bool {
        part.parent.flatMap { message.part(index: $0) }?.kind == .message
    }

    private func contains(_ header: Header, _ needle: [UInt8]) -> Bool {
        header.fields.contains { field in
            ByteSearch.contains(CaseFolding.fold(field.nameText + ": " + field.decoded), needle)
        }
    }

    private func contains(_ part: Part, _ needle: [UInt8]) -> Bool {
        guard part.mediaType.isText || part.mediaType.type == "message", part.bodyRange.upperBound <= bytes.count else {
            return false
        }
        let decoded = TransferDecoder.decode(bytes[part.bodyRange], part.transferEncoding)
        return ByteSearch.contains(CaseFolding.fold(decoded, charset: part.mediaType.charset), needle)
    }
}
