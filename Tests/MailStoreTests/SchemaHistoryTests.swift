import Testing

@testable import MailStore

/// A store knows only how many steps it has taken: what has been a step of some store keeps its place for good.
@Suite struct SchemaHistoryTests {
    private static let account = [
        "CREATE TABLE account_state", "ADD COLUMN recent_uid", "CREATE TABLE thread_key",
        "ADD COLUMN reference_digests", "CREATE TABLE mailbox_grant", "CREATE TABLE preview", "CREATE TABLE metadata",
        "CREATE TABLE former_mailbox", "CREATE TABLE former_grant", "CREATE TABLE changed",
    ]

    @Test func stepsKeepTheirPlaces() {
        let steps = AccountSchema.schema.steps
        #expect(steps.count >= Self.account.count)
        for (step, change) in zip(steps, Self.account) { #expect(step.contains(change), "\(change) has moved") }
    }
}
