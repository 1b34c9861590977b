package import MailMessage

/// GETMETADATA (RFC 5464 §4.2).
package struct GetMetadataCommand: Sendable, Equatable {
    /// Empty for the server itself.
    package let mailbox: WireMailbox
    package let options: MetadataOptions
    package let entries: [MetadataEntry]
}

package struct MetadataOptions: Sendable, Equatable {
    package enum Depth: Sendable, Equatable {
        case zero, one, infinity
    }

    package var maxSize: UInt64?
    package var depth: Depth

    package init(maxSize: UInt64? = nil, depth: Depth = .zero) {
        self.maxSize = maxSize
        self.depth = depth
    }

    /// Whether an entry is meant by one that was asked for (§4.2.2).
    package func covers(_ entry: MetadataEntry, asked: MetadataEntry) -> Bool {
        if entry == asked { return true }
        guard let distance = entry.depth(below: asked) else { return false }
        return switch depth {
        case .zero: false
        case .one: distance == 1
        case .infinity: true
        }
    }
}

/// SETMETADATA (RFC 5464 §4.3).
package struct SetMetadataCommand: Sendable, Equatable {
    package struct Change: Sendable, Equatable {
        package let entry: MetadataEntry
        /// Nil removes the entry.
        package let value: [UInt8]?

        package init(_ entry: MetadataEntry, _ value: [UInt8]?) {
            self.entry = entry
            self.value = value
        }
    }

    package let mailbox: WireMailbox
    package let changes: [Change]
}

extension ReplyWriter {
    /// `* METADATA INBOX (/private/comment "x" /shared/comment NIL)` (RFC 5464 §4.4.1)
    package mutating func metadata(of mailbox: String, _ values: [(entry: MetadataEntry, value: [UInt8]?)]) {
        raw("* METADATA ")
        self.mailbox(mailbox)
        raw(" (")
        list(values) { writer, value in
            writer.astring(value.entry.name)
            writer.space()
            writer.metadataValue(value.value)
        }
        close()
        endLine()
    }

    /// `* METADATA INBOX /private/comment`: changed by somebody (§4.4.2).
    package mutating func changedMetadata(of mailbox: String, _ entries: [MetadataEntry]) {
        raw("* METADATA ")
        self.mailbox(mailbox)
        for entry in entries {
            space()
            astring(entry.name)
        }
        endLine()
    }

    private mutating func metadataValue(_ value: [UInt8]?) {
        guard let value, value.contains(0) else { return nstring(value) }
        literal8Header(size: value.count)
        raw(value)
    }
}
