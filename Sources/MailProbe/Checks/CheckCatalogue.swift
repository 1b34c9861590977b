/// All checks, in the order in which a connection meets them.
package enum CheckCatalogue {
    package static let all: [Check] =
        names + network + protocols + encryption + certificates + logins + mailboxes + sending + settings

    /// nil for a name that nobody gave.
    package static func check(_ id: CheckID) -> Check? { byID[id] }

    private static let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
}
