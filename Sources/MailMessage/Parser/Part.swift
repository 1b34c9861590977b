/// One MIME part: a leaf, a multipart, or an embedded message (whose single child is that message's root).
package struct Part: Sendable {
    package enum Kind: Sendable, Hashable { case leaf, multipart, message }

    /// Its own place in `ParsedMessage.parts`, its parent's and its children's.
    package let index: Int
    package let parent: Int?
    package let children: [Int]
    /// The number under which BODY[…] gives this part's body (RFC 9051 §6.4.5.1).
    package let path: [Int]
    /// Bytes of the message, the blank line included.
    package let headerRange: Range<Int>
    package let bodyRange: Range<Int>
    /// Line ends in the body.
    package let bodyLines: Int
    package let header: Header
    package let kind: Kind
    /// The effective type: what it counts as where the declared one is missing, broken or beyond a limit.
    package let mediaType: MediaType

    static let empty = Part(
        index: 0, parent: nil, children: [], path: [1], headerRange: 0..<0, bodyRange: 0..<0, bodyLines: 0,
        header: Header([]), kind: .leaf, mediaType: .plainText)
}

extension Part {
    package var transferEncoding: TransferEncoding { TransferEncoding(header.first("Content-Transfer-Encoding")) }
    package var disposition: Disposition? { header.first("Content-Disposition").flatMap(Disposition.init) }
    package var contentID: [UInt8]? { header.first("Content-ID")?.unfolded }
    package var contentDescription: [UInt8]? { header.first("Content-Description")?.unfolded }
    package var location: [UInt8]? { header.first("Content-Location")?.unfolded }
    package var md5: [UInt8]? { header.first("Content-MD5")?.unfolded }

    /// The name for saving: `filename`, or the older `name` (RFC 2183 §2.3), decoded.
    package var fileName: String? {
        disposition?.parameters.decoded("filename") ?? mediaType.parameters.decoded("name")
    }

    /// The tags of Content-Language (RFC 3282).
    package var language: [[UInt8]] {
        guard let value = header.first("Content-Language")?.unfolded else { return [] }
        let tags = value.split(separator: UInt8(ascii: ","), maxSplits: MessageLimits.languages).prefix(
            MessageLimits.languages)
        return tags.map { Array($0.trimmingSpace()) }.filter { !$0.isEmpty }
    }

    /// Something to save or open rather than to read in place.
    var isAttachment: Bool {
        guard kind != .multipart else { return false }
        if let disposition, disposition.value != "inline" { return true }
        switch mediaType.type {
        case "text": return fileName != nil
        case "application": return !mediaType.isSignature && header.first("Content-ID") == nil
        case "message": return mediaType.subtype == "rfc822" || mediaType.subtype == "global" || fileName != nil
        default: return header.first("Content-ID") == nil
        }
    }
}
