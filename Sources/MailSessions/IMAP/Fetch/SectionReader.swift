import MailMessage
import MailStore
import MailWire

/// From a section's name to its bytes (RFC 9051 §6.4.5.1).
enum SectionReader {
    /// Where the bytes are: a stretch of the message as it is stored, or made for the occasion.
    enum Content {
        case stretch(Range<Int>)
        case made([UInt8])

        var count: Int {
            switch self {
            case .stretch(let range): range.count
            case .made(let bytes): bytes.count
            }
        }
    }

    /// Nil when the message has no such part.
    static func content(of section: BodySection, in source: MessageSource) throws -> Content? {
        try whole(section, in: source)?.cut(section.partial)
    }

    private static func whole(_ section: BodySection, in source: MessageSource) throws -> Content? {
        if section.path.isEmpty, section.content == .all { return .stretch(0..<source.size) }
        if section.path.isEmpty, section.content == .header { return .stretch(try source.headerRange()) }
        switch section.content {
        case .headerFields(let names): return try fields(names, section.path, in: source, excluding: false)
        case .headerFieldsNot(let names): return try fields(names, section.path, in: source, excluding: true)
        default: break
        }
        let message = try source.parsed()
        switch section.content {
        case .all: return message.range(of: section.path, .whole).map(Content.stretch)
        case .header: return message.range(of: section.path, .header).map(Content.stretch)
        case .text: return message.range(of: section.path, .text).map(Content.stretch)
        default: return message.range(of: section.path, .mime).map(Content.stretch)
        }
    }

    private static func fields(
        _ names: [[UInt8]], _ path: [Int], in source: MessageSource, excluding: Bool
    ) throws -> Content? {
        let range = try path.isEmpty ? source.headerRange() : source.parsed().range(of: path, .header)
        guard let range else { return nil }
        let names = names.map { String(decoding: $0, as: UTF8.self) }
        return .made(Header.filter(try source.bytes(range), keeping: names, excluding: excluding))
    }

    /// A part without its transfer encoding; throws `UnknownEncoding` when that cannot be undone.
    static func decoded(_ path: [Int], in source: MessageSource) throws -> Content? {
        if path.isEmpty { return .stretch(0..<source.size) }
        let message = try source.parsed()
        guard let range = message.range(of: path, .whole), let part = message.part(at: path) else { return nil }
        switch part.transferEncoding {
        case .sevenBit, .eightBit, .binary: return .stretch(range)
        case .base64, .quotedPrintable:
            return .made(TransferDecoder.decode(try source.bytes(range), part.transferEncoding))
        case .other: throw UnknownEncoding()
        }
    }

    struct UnknownEncoding: Error {}
}

extension SectionReader.Content {
    /// `<offset.count>`; past the end nothing is left, which is not an error.
    func cut(_ partial: Partial?) -> SectionReader.Content {
        guard let partial else { return self }
        let piece = partial.range(of: count)
        switch self {
        case .stretch(let range):
            return .stretch(range.lowerBound + piece.lowerBound..<range.lowerBound + piece.upperBound)
        case .made(let bytes): return .made(Array(bytes[piece]))
        }
    }
}
