/// What one evaluation may ask of DNS (RFC 7208 §4.6.4).
struct SPFBudget: Sendable {
    /// Terms that ask: include, a, mx, ptr, exists, redirect.
    static let mostLookups = 10
    /// Questions without an answer.
    static let mostVoidLookups = 2
    /// Names of one mx or ptr.
    static let mostNames = 10

    private var lookups = 0
    private var voids = 0

    mutating func lookUp() throws(CheckFault) {
        lookups += 1
        guard lookups <= Self.mostLookups else { throw .permanent("more than \(Self.mostLookups) DNS lookups") }
    }

    mutating func findNothing() throws(CheckFault) {
        voids += 1
        guard voids <= Self.mostVoidLookups else {
            throw .permanent("more than \(Self.mostVoidLookups) DNS lookups without an answer")
        }
    }
}
