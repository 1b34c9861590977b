extension ParsedMessage {
    package var envelope: Envelope { Envelope(header) }

    /// IMAP's ENVELOPE, complete and ready to send.
    package var envelopeText: [UInt8] {
        var text = IMAPText()
        text.envelope(envelope)
        return text.bytes
    }

    /// IMAP's BODYSTRUCTURE, ready to send.
    package var bodyStructureText: [UInt8] { structureText(extensible: true) }

    /// IMAP's BODY: the structure without extension data.
    package var bodyText: [UInt8] { structureText(extensible: false) }

    private func structureText(extensible: Bool) -> [UInt8] {
        var writer = BodyStructureWriter(self, extensible: extensible)
        return writer.write()
    }

    /// The moment of the Date field, if it has one that can be read.
    package var sentAt: EpochSeconds? { sentDate?.seconds }
    package var sentDate: MailDate? { header.first("Date").flatMap { MailDate($0.unfolded) } }

    package var hasAttachment: Bool { parts.contains { $0.isAttachment } }

    /// The message identifiers that tie it to others: its own first, then References and In-Reply-To, each once.
    package var threadKeys: [[UInt8]] {
        var keys: [[UInt8]] = []
        var seen: Set<[UInt8]> = []
        for name in ["Message-ID", "References", "In-Reply-To"] {
            guard let value = header.first(name)?.unfolded else { continue }
            for key in Self.messageIDs(in: value) where keys.count < MessageLimits.threadKeys {
                if seen.insert(key).inserted { keys.append(key) }
            }
        }
        return keys
    }

    // msg-id = "<" id-left "@" id-right ">"; what stands between the brackets, without white space.
    static func messageIDs(in value: [UInt8]) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var rest = value[...]
        while result.count < MessageLimits.threadKeys, let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[(start + 1)...]
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
            let key = rest[..<end].filter { !ByteClass.isSpace($0) }
            if !key.isEmpty { result.append(key) }
            rest = rest[(end + 1)...]
        }
        return result
    }
}

/// What the store keeps of a message so that it need not be read again.
package struct MessageFacts: Sendable, Equatable {
    package let envelopeText: [UInt8]
    package let bodyStructureText: [UInt8]
    package let bodyText: [UInt8]
    package let sentAt: EpochSeconds?
    package let hasAttachment: Bool
    package let threadKeys: [[UInt8]]

    package init(_ message: ParsedMessage) {
        envelopeText = message.envelopeText
        bodyStructureText = message.bodyStructureText
        bodyText = message.bodyText
        sentAt = message.sentAt
        hasAttachment = message.hasAttachment
        threadKeys = message.threadKeys
    }
}
