import MailStore

/// A queued message as it goes out: without the Return-Path line that this server put on top (RFC 5321 §4.4).
enum QueuedContent {
    /// Longer than any path we write.
    private static let longestLine = 2_048
    private static let name = Array("return-path:".utf8)

    static func content(of message: QueuedMessage, in store: MailStore) async throws(StoreError) -> MessageContent {
        switch try await store.queue.body(of: message.id) {
        case .inline(let bytes): return MessageContent(Array(bytes.dropFirst(offset(in: bytes))))
        case let body:
            let reader = try await store.open(body)
            let start = try await reader.read(at: 0, count: longestLine)
            return MessageContent(reader, from: Int64(offset(in: start)))
        }
    }

    /// Where the line after Return-Path begins; 0 when there is none.
    static func offset(in start: [UInt8]) -> Int {
        let head = start.prefix(longestLine)
        guard head.count > name.count, zip(head, name).allSatisfy({ $0 | 0x20 == $1 }),
            let end = head.firstIndex(of: 0x0a)
        else { return 0 }
        return end + 1
    }
}
