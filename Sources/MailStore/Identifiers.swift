/// One account of the directory. Never reused.
package struct AccountID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
    package static func < (left: AccountID, right: AccountID) -> Bool { left.value < right.value }
    package var description: String { String(value) }
}

/// One mailbox of one account. Never reused within the account.
package struct MailboxID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
    package static func < (left: MailboxID, right: MailboxID) -> Bool { left.value < right.value }
    package var description: String { String(value) }
}

/// One message of one account: a MOVE keeps it, a COPY makes a new one. Never reused within the account.
package struct MessageID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
    package static func < (left: MessageID, right: MessageID) -> Bool { left.value < right.value }
    package var description: String { String(value) }
}

package struct OrganisationID: Hashable, Sendable, CustomStringConvertible {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
    package var description: String { String(value) }
}

package struct DomainID: Hashable, Sendable, CustomStringConvertible {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
    package var description: String { String(value) }
}

package struct ClassID: Hashable, Sendable, CustomStringConvertible {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
    package var description: String { String(value) }
}

package struct AliasID: Hashable, Sendable, CustomStringConvertible {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
    package var description: String { String(value) }
}
