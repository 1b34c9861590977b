import MailMessage
import Testing

@testable import MailSessions

@Suite struct NumberWalkTests {
    /// As a search for each of them says it, with holes in the view and in what is asked.
    @Test func saysWhatASearchSays() throws {
        let numbers: [UInt32] = [1, 2, 3, 7, 8, 20, 4_000_000_000]
        let view = UIDRuns(numbers.compactMap { UID($0) })
        let asked = UIDSet([UInt32(2), 3, 4, 7, 20, 21, 4_000_000_000].compactMap { UID($0) })
        var walk = NumberWalk(view, over: asked)

        for value in UInt32(1)...30 {
            let uid = try #require(UID(value))
            #expect(walk.number(of: uid) == (asked.contains(uid) ? view.number(of: uid) : nil))
        }
        #expect(walk.number(of: try #require(UID(4_000_000_000)))?.value == 7)
    }
}
