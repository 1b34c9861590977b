import Testing

@testable import MailTransport

@Suite struct TLSTicketKeysTests {
    @Test(arguments: [(0, false), (79, false), (80, true), (81, false), (160, true), (240, false)])
    func lengths(_ count: Int, _ fits: Bool) {
        #expect((TLSTicketKeys([UInt8](repeating: 7, count: count)) != nil) == fits)
    }

    @Test func rotationKeepsOne() throws {
        let first = TLSTicketKeys.random()
        let second = first.rotated()
        let third = second.rotated()
        #expect(second.keys.count == 2 && second.keys.last == first.keys.first)
        #expect(third.keys.count == 2 && third.keys.last == second.keys.first)
        #expect(Set([first, second, third].compactMap { $0.keys.first?.name }).count == 3)
        #expect(TLSTicketKeys(third.bytes) == third)
    }
}
