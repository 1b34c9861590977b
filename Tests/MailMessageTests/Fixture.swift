import Foundation
import MailMessage

/// Bytes of a mail written with "\n" in the source, sent with CRLF.
func mail(_ text: String) -> [UInt8] {
    Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)
}

func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

enum Corpus {
    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Corpus/message")

    static func names(_ suffix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(suffix) }.sorted()
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: directory.appendingPathComponent(name)))
    }
}

extension ParsedMessage {
    /// Everything that was found, one line for each part; equal texts mean equal messages.
    var summary: String {
        parts.map { part in
            "\(part.index) in \(part.parent.map(String.init) ?? "-") as \(part.path) \(part.kind) "
                + "\(part.mediaType.type)/\(part.mediaType.subtype) header \(part.headerRange) fields \(part.header.count) "
                + "body \(part.bodyRange) lines \(part.bodyLines)\n"
        }.joined()
    }
}
