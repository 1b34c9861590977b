package import MailMessage

/// LIST and LSUB (RFC 9051 §6.3.9, RFC 5258, RFC 6154, RFC 5819).
package struct ListCommand: Sendable, Equatable {
    package let reference: WireMailbox
    package let patterns: [ListPattern]
    package let selection: ListSelection
    package let returns: ListReturns
    /// Several patterns or any option list, even an empty one: RFC 5258's rules apply.
    package let isExtended: Bool

    package init(
        reference: WireMailbox, patterns: [ListPattern], selection: ListSelection = [], returns: ListReturns = .init(),
        isExtended: Bool = false
    ) {
        self.reference = reference
        self.patterns = patterns
        self.selection = selection
        self.returns = returns
        self.isExtended = isExtended
    }

    /// `LIST "" ""`: the client asks for the separator (RFC 9051 §6.3.9).
    package var asksForSeparator: Bool { !isExtended && patterns.count == 1 && patterns[0].bytes.isEmpty }
}

package struct ListSelection: OptionSet, Sendable, Equatable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let subscribed = ListSelection(rawValue: 1)
    package static let remote = ListSelection(rawValue: 2)
    package static let recursiveMatch = ListSelection(rawValue: 4)
    package static let specialUse = ListSelection(rawValue: 8)
}

package struct ListReturns: Sendable, Equatable {
    package var subscribed = false
    package var children = false
    package var specialUse = false
    /// RFC 8440
    package var myRights = false
    /// Nil when STATUS was not asked for.
    package var status: [StatusItem]?
    /// The same for METADATA (RFC 9590).
    package var metadata: [MetadataEntry]?

    package init(
        subscribed: Bool = false, children: Bool = false, specialUse: Bool = false, myRights: Bool = false,
        status: [StatusItem]? = nil, metadata: [MetadataEntry]? = nil
    ) {
        self.metadata = metadata
        self.subscribed = subscribed
        self.children = children
        self.specialUse = specialUse
        self.myRights = myRights
        self.status = status
    }
}
