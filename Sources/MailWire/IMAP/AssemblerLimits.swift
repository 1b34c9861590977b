extension IMAPCommandAssembler {
    /// Budgets for all of one command, not only sizes of its pieces.
    package struct Limits: Sendable, Equatable {
        /// The lines of one command together, without their ends and without literals.
        package var text: Int
        /// All literals of one command together, an APPEND's message excepted.
        package var literals: Int
        /// What we read and throw away to stay in step after refusing a literal; beyond it we close.
        package var discarded: UInt64

        package init(text: Int, literals: Int, discarded: UInt64) {
            self.text = text
            self.literals = literals
            self.discarded = discarded
        }

        package static let beforeLogin = Limits(text: 8 * 1_024, literals: 4 * 1_024, discarded: 64 * 1_024)
        package static let afterLogin = Limits(
            text: 64 * 1_024, literals: 1_024 * 1_024, discarded: 256 * 1_024 * 1_024)
    }
}
