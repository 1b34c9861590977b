import MailNetwork
import Testing

@testable import MailTransport

@Suite struct BlockListTests {
    @Test func whoIsKeptOut() throws {
        func prefix(_ text: String) throws -> AddressPrefix { try #require(AddressPrefix(text)) }
        let list = BlockList([
            (try prefix("192.0.2.0/24"), nil), (try prefix("198.51.100.7"), 100), (try prefix("2001:db8::/32"), nil),
        ])
        let rows: [(String, Int64, Bool)] = [
            ("192.0.2.0", 0, true), ("192.0.2.255", 0, true), ("192.0.3.0", 0, false), ("198.51.100.7", 99, true),
            ("198.51.100.7", 100, false), ("198.51.100.8", 0, false), ("2001:db8:1::5", 0, true),
            ("2001:db9::5", 0, false), ("::ffff:192.0.2.5", 0, true), ("::192.0.2.5", 0, false),
        ]
        for (address, now, isBlocked) in rows {
            let ip = try #require(IPAddress(address))
            #expect(list.blocks(ip, at: now) == isBlocked, "\(address) at \(now)")
        }
        #expect(!BlockList().blocks(try #require(IPAddress("192.0.2.1")), at: 0))
    }
}
