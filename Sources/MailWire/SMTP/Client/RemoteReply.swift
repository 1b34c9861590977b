/// One reply of a server to a client, whole (RFC 5321 §4.2).
package struct RemoteReply: Sendable, Equatable {
    /// Longer words are cut: they go into logs, reports and the queue.
    package static let longestText = 500

    package enum Kind: Sendable { case success, intermediate, temporary, permanent }

    package let code: Int
    /// What stands behind the code, line by line.
    package let lines: [[UInt8]]

    package init(code: Int, lines: [[UInt8]]) {
        self.code = code
        self.lines = lines
    }

    package var kind: Kind {
        switch code / 100 {
        case 2: .success
        case 3: .intermediate
        case 4: .temporary
        default: .permanent
        }
    }

    /// RFC 5321 §3.8: whatever was asked, the server closes the connection.
    package var announcesClosing: Bool { code == 421 }

    /// The enhanced status as the server gave it, "x.y.z" (RFC 2034 §4).
    package var ownStatus: String? {
        lines.lazy.compactMap { EnhancedStatus(at: $0, class: code / 100)?.description }.first
    }

    /// The same, or else what the code stands for.
    package var status: String { ownStatus ?? EnhancedStatus.meaning(of: code) }

    /// The words in one line, without the enhanced status of each, as UTF-8 without control characters.
    package var text: String {
        var joined: [UInt8] = []
        for line in lines where joined.count <= Self.longestText {
            if !joined.isEmpty { joined.append(0x20) }
            joined += line.dropFirst(EnhancedStatus(at: line, class: code / 100)?.length ?? 0)
        }
        return PlainWords.text(joined, most: Self.longestText)
    }
}
