package import MailMessage

/// A message ready to be stored, in as many accounts as it has recipients.
///
/// A large one lives in a spool file as long as this value or a copy of it does.
package struct StorableMessage: Sendable {
    package let body: MessageBody
    /// The facts of the message as prebuilt IMAP text and dates.
    package let envelope: [UInt8]
    package let bodyStructure: [UInt8]
    package let sentAt: EpochSeconds?
    package let hasAttachment: Bool
    /// Digests of the identifiers that tie it to others, its own first, then from the farthest to the nearest.
    package let threadKeys: [Int64]
    package let references: ReferenceDigests
    /// XXH64 of the bytes: finds damage, identifies nothing.
    package let digest: UInt64
    let spoolFile: SpoolName?

    package var size: Int64 { body.size }
    /// What this value keeps in memory.
    package var held: Int {
        let inline = if case .inline(let bytes) = body { bytes.count } else { 0 }
        return inline + envelope.count + bodyStructure.count
    }

    package init(_ bytes: [UInt8]) {
        self.init(body: .inline(bytes), parsed: ParsedMessage(bytes), digest: ContentDigest.of(bytes), spoolFile: nil)
    }

    /// From rows; what ties it to others is read from its header again.
    init(
        body: MessageBody, envelope: [UInt8], bodyStructure: [UInt8], sentAt: EpochSeconds?, hasAttachment: Bool,
        digest: UInt64, header: ParsedMessage
    ) {
        self.body = body
        self.envelope = envelope
        self.bodyStructure = bodyStructure
        self.sentAt = sentAt
        self.hasAttachment = hasAttachment
        self.digest = digest
        references = ReferenceDigests(ThreadLinks(header.header))
        threadKeys = Self.threadKeys(header.threadKeys)
        spoolFile = nil
    }

    init(body: MessageBody, parsed: ParsedMessage, digest: UInt64, spoolFile: SpoolName?) {
        self.body = body
        self.digest = digest
        self.spoolFile = spoolFile
        envelope = parsed.envelopeText
        bodyStructure = parsed.bodyStructureText
        sentAt = parsed.sentAt
        hasAttachment = parsed.hasAttachment
        references = ReferenceDigests(ThreadLinks(parsed.header))
        threadKeys = Self.threadKeys(parsed.threadKeys)
    }

    /// Of a long thread its root and the nearest are enough: each costs a look at the index.
    package static let threadKeyLimit = 20

    static func threadKeys(_ names: [[UInt8]]) -> [Int64] {
        let chosen =
            names.count > threadKeyLimit ? Array(names.prefix(2)) + names.suffix(threadKeyLimit - 2) : names
        return chosen.map { Int64(bitPattern: ContentDigest.of($0)) }
    }
}
