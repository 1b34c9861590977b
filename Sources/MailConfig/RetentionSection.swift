/// `[retention]`: what becomes of mail that somebody has removed. How long Trash and Junk keep mail is said by
/// `mailctl retention`, for everybody, a class, an organisation or an account.
package struct RetentionSection: Sendable, Equatable {
    package var restorable = 14 * 86_400
    package var restorableSize: Int64 = 1_000_000_000
    package var audit = 0

    static let keys: [ConfigurationKey<RetentionSection>] = [
        .init(
            "restorable", \.restorable, .span(0...31_536_000),
            "So long a message that was expunged, purged, or deleted with its folder can be brought back with mailctl restore. "
                + "It counts for no quota and no mail program shows it. Drafts that a program replaces are not kept. What is said "
                + "here holds for what is removed from then on. 0s = removed is gone."),
        .init(
            "restorable_size", \.restorableSize, .size(0...1_000_000_000_000),
            "At most so much is kept of one account, of what its user removes; then what has been gone longest goes for good."
        ),
        .init(
            "audit", \.audit, .span(0...630_720_000),
            "Lines of the audit trail go when they are older; those of the last 30 days stay whatever this says. 0s = never."
        ),
    ]
}
