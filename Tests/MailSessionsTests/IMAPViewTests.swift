import MailMessage
import Testing

@testable import MailSessions
@testable import MailStore

private func uids(_ values: some Sequence<UInt32>) -> [UID] { values.compactMap { UID($0) } }
private func runs(_ values: some Sequence<UInt32>) -> UIDRuns { UIDRuns(uids(values)) }

@Suite struct IMAPUIDRunsTests {
    @Test func numbersAndPlacesAgree() throws {
        let values: [UInt32] = [1, 2, 3, 7, 9, 10, 4_294_967_294, 4_294_967_295]
        let view = runs(values)
        #expect(view.count == 8 && view.runs.count == 4)
        for (index, value) in values.enumerated() {
            let number = try #require(SequenceNumber(UInt32(index + 1)))
            #expect(view.uid(at: number)?.value == value)
            #expect(view.number(of: try #require(UID(value))) == number)
        }
        #expect(view.number(of: try #require(UID(4))) == nil)
        #expect(view.uid(at: try #require(SequenceNumber(9))) == nil)
    }

    @Test func removalKeepsTheRest() throws {
        var view = runs(1...10)
        let gone = view.remove(UIDSet(uids([2, 3, 5, 10, 50])))
        #expect(gone.map { [$0.before, $0.end] } == [[1, 3], [4, 5], [9, 10]])
        #expect(view.count == 6)
        let hull = view.hull(of: try #require(SequenceNumber(2))...(try #require(SequenceNumber(99))))
        #expect(hull?.lowerBound.value == 4 && hull?.upperBound.value == 9)
        #expect(view.hull(of: try #require(SequenceNumber(7))...(try #require(SequenceNumber(99)))) == nil)
        #expect(view.remove(UIDSet(uids([2]))).isEmpty)
    }

    @Test func removalAtTheEndOfTheNumbers() {
        var view = runs([1, 4_294_967_294, 4_294_967_295])
        _ = view.remove(UIDSet(uids([4_294_967_295])))
        #expect(view == runs([1, 4_294_967_294]))
        _ = view.remove(UIDSet(uids([1, 4_294_967_294])))
        #expect(view.count == 0)
    }

    /// The worst there is: every second of 200,000 messages has gone, and no two neighbours are left.
    @Test func aHundredThousandMessagesWithGapsFitIntoFourMegabytes() {
        var view = runs(1...200_000)
        _ = view.remove(UIDSet((1...100_000).compactMap { UID(UInt32($0) * 2) }))
        #expect(view.count == 100_000 && view.runs.count == 100_000)
        #expect(view.byteCount <= 4 << 20, "\(view.byteCount) bytes")
        #expect(runs(1...100_000).byteCount <= 1_024)
    }

    @Test func onlyGrowingUIDsAreAppended() {
        var view = runs([5, 6])
        for uid in uids([6, 4, 7]) { view.append(uid) }
        #expect(view == runs([5, 6, 7]))
    }
}

private func row(_ uid: UInt32, modseq: Int64, flags: FlagBits = []) -> MessageRow? {
    guard let uid = UID(uid), let modseq = ModSeq(modseq) else { return nil }
    return MessageRow(
        uid: uid, messageID: MessageID(1), flags: flags, modseq: modseq, size: 1, receivedAt: 0, savedAt: 0,
        trashedAt: nil)
}

private func changes(_ rows: [MessageRow?], vanished: [UInt32] = []) -> MailboxChanges {
    MailboxChanges(
        changed: rows.compactMap { $0 }, vanished: UIDSet(uids(vanished)), highestModSeq: .zero, uidNext: .last,
        total: 0, unseen: 0, isComplete: true)
}

@Suite struct IMAPMailboxViewTests {
    private func view(_ count: UInt32, at clock: Int64 = 10) -> MailboxView {
        MailboxView(uids: runs(1..<(count + 1)), syncedTo: ModSeq(clock) ?? .zero)
    }

    private let eleven = ModSeq(11) ?? .zero

    @Test func expungesComeFirstAndLowerTheNumbers() {
        var view = view(6)
        let news = view.apply(
            changes([row(4, modseq: 11, flags: .seen), row(7, modseq: 11)], vanished: [1, 2, 5, 99]), at: eleven,
            mayExpunge: true)
        #expect(news.expunged.map { [$0.number.value, $0.count] } == [[1, 2], [3, 1]])
        #expect(news.exists == 4)
        #expect(news.changed.map(\.number.value) == [2] && news.changed.first?.row.uid.value == 4)
        #expect(view.syncedTo == eleven)
    }

    @Test func expungesWaitUntilTheyMayBeTold() {
        var view = view(3)
        let first = view.apply(changes([row(4, modseq: 11)], vanished: [2]), at: eleven, mayExpunge: false)
        #expect(first.expunged.isEmpty && first.exists == 4 && view.hasUnannounced)
        let gone = view.announceExpunged()
        #expect(
            gone.map { [$0.number.value, $0.count, $0.uids.lowerBound.value, $0.uids.upperBound.value] } == [
                [2, 1, 2, 2]
            ])
        #expect(view.count == 3 && !view.hasUnannounced && view.announceExpunged().isEmpty)
    }

    @Test func ownFlagChangesAreNotEchoed() {
        var view = view(3)
        view.noteOwnWrite(at: eleven)
        let news = view.apply(
            changes([row(1, modseq: 11, flags: .seen), row(2, modseq: 12, flags: .seen)]), at: ModSeq(12) ?? .zero,
            mayExpunge: true)
        #expect(news.changed.map(\.row.uid.value) == [2])
        // Known once: what another session does to the same message later is news.
        let later = view.apply(changes([row(1, modseq: 13)]), at: ModSeq(13) ?? .zero, mayExpunge: true)
        #expect(later.changed.map(\.row.uid.value) == [1])
    }

    @Test func forgottenHistoryIsMadeUpFromWhatExists() {
        var view = view(5)
        let news = view.apply(changes([row(6, modseq: 11)]), present: uids([2, 5, 6]), at: eleven, mayExpunge: true)
        #expect(news.expunged.map { [$0.number.value, $0.count] } == [[1, 1], [2, 2]])
        #expect(view.uids == runs([2, 5, 6]))
    }

    @Test func newMessagesInAnyOrder() {
        var view = view(1)
        let news = view.apply(changes([row(3, modseq: 11), row(2, modseq: 12)]), at: eleven, mayExpunge: false)
        #expect(news.exists == 3 && news.changed.isEmpty && view.uids == runs([1, 2, 3]))
    }
}
