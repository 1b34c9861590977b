import MailMessage
import MailWire
import Testing

@testable import MailSessions

private func set(_ values: UInt32...) -> UIDSet { UIDSet(values.compactMap { UID($0) }) }

@Suite struct IMAPContextTests {
    @Test func onlyWhatIsNewIsTold() {
        var context = SearchContext(tag: "a", command: SearchCommand(uid: true, key: .all), members: set(1, 2, 5))
        var change = context.update(set(2, 3, 4, 5), matching: set(3, 5))
        #expect(change.added == set(3) && change.removed == set(2))
        change = context.update(set(2, 3, 4, 5), matching: set(3, 5))
        #expect(change.added.isEmpty && change.removed.isEmpty)
        #expect(context.remove(set(1, 9)) == set(1))
        #expect(context.remove(set(1, 9)).isEmpty)
        #expect(context.members == set(3, 5))
    }

    @Test(
        arguments: [
            (.all, true), (.flag(.seen), true), (.not(.and([.all, .uid(.saved)])), false), (.sequence(.saved), false),
            (.or([.older(1), .all]), false), (.younger(1), false), (.recent, false), (.new, false), (.old, false),
            (.uid(.ranges([.init(.number(1), .number(9))])), true),
            (.uid(.ranges([.init(.number(1), .largest)])), false),
        ] as [(SearchKey, Bool)])
    func whatCanBeFollowed(key: SearchKey, answer: Bool) { #expect(key.canBeFollowed == answer) }

    @Test func progressIsToldNowAndThen() {
        var progress = CommandProgress(tag: "a", seconds: 10)
        let moments: [UInt64] = [0, 9_999_999, 10_000_000, 10_000_001, 19_999_999, 20_000_000, 5]
        #expect(moments.map { progress.isDue(at: $0) } == [false, false, true, false, false, true, false])
    }
}
