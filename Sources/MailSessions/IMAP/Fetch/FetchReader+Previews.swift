import MailMessage
import MailStore

/// PREVIEW (RFC 8970): what is kept is told; what is not is made in trips of its own, and kept for the next look.
extension FetchReader {
    /// Previews made in one trip, by content.
    struct Made: Sendable {
        var words: [UID: String] = [:]
        var kept: [ContentID: String] = [:]
    }

    func unread(_ reader: AccountReader, _ set: UIDSet) throws -> UIDSet {
        var unread: [UID] = []
        try reader.previews(in: mailbox, set) { uid, _, words in
            if words == nil, previews[uid] == nil, set.contains(uid) { unread.append(uid) }
        }
        return UIDSet(unread)
    }

    func addPreviews(_ reader: AccountReader, to messages: inout [FetchedMessage]) throws {
        var index = 0
        try reader.previews(in: mailbox, UIDSet(messages.map(\.row.uid))) { uid, _, words in
            while index < messages.count, messages[index].row.uid < uid { index += 1 }
            guard index < messages.count, messages[index].row.uid == uid else { return }
            messages[index].preview = words ?? previews[uid]
        }
    }

    /// As many as fit into one trip; every message of `set` that has gone or cannot be read gets an empty one.
    func makePreviews(_ reader: AccountReader, _ set: UIDSet) throws -> Made {
        var contents: [UID: ContentID] = [:]
        try reader.previews(in: mailbox, set) { uid, content, _ in contents[uid] = content }
        var made = Made()
        let bodies = try reader.bodies(in: mailbox, set, upTo: Int(FetchPlan.bodyLimit))
        for (uid, body) in bodies {
            let words = try source(of: body).map(Self.preview) ?? ""
            made.words[uid] = words
            if let content = contents[uid] { made.kept[content] = words }
        }
        if bodies.isEmpty { for uid in contents.keys { made.words[uid] = "" } }
        return made
    }

    private func source(of body: MessageBody) -> MessageSource? {
        switch body {
        case .inline(let bytes): MessageSource(bytes)
        case .file(let path, let size): OpenFile(path: path, size: size).map { MessageSource($0) }
        }
    }

    private static func preview(_ source: MessageSource) throws -> String {
        guard let part = Preview.part(of: try source.parsed()) else { return "" }
        let range = part.bodyRange.clamped(to: 0..<source.size)
        return Preview.text(of: part, try source.bytes(range.prefix(Preview.window)))
    }
}
