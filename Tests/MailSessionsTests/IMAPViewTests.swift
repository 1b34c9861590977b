import MailMessage
import MailStore
import Testing

@testable import MailSessions

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
        #expect(
            view.uids(at: try #require(SequenceNumber(1))...(try #require(SequenceNumber(99)))).description == "1,4,6:9"
        )
        #expect(view.remove(UIDSet(uids([2]))).isEmpty)
    }

    @Test func removalAtTheEndOfTheNumbers() {
        var view = runs([1, 4_294_967_294, 4_294_967_295])
        _ = view.remove(UIDSet(uids([4_294_967_295])))
        #expect(view == runs([1, 4_294_967_294]))
        _ = view.remove(UIDSet(uids([1, 4_294_967_294])))
        #expect(view.count == 0)
    }

    @Test func onlyGrowingUIDsAreAppended() {
        var view = runs([5, 6])
        for uid in uids([6, 4, 7]) { view.append(uid) }
        #expect(view == runs([5, 6, 7]))
    }
}
