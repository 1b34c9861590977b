import Foundation
import MailMessage
import MailNetwork
import MailStore
import Synchronization
import Testing

@testable import MailFilter

@Suite struct GreylistTests {
    /// A list in a folder of its own, and its clock.
    private final class Fixture: Sendable {
        let folder = NSTemporaryDirectory() + "greylist-\(UUID().uuidString)"
        let list: Greylist

        init(_ policy: GreylistPolicy = GreylistPolicy()) throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let clock = ClockBox()
            box = clock
            list = Greylist(
                at: folder + "/greylist.db", threads: StoreThreads(count: 1), policy: policy, clock: { clock.now })
        }

        private let box: ClockBox
        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func pass(_ seconds: EpochSeconds) { box.value.withLock { $0 += seconds } }

        func ask(
            _ network: String = "203.0.113.0/24", _ sender: String = "a@example.net",
            _ recipient: String = "b@example.org"
        )
            async throws -> GreylistDecision
        { try await list.decide(network: network, sender: sender, recipient: recipient) }
    }

    private final class ClockBox: Sendable {
        let value = Mutex<EpochSeconds>(1_000_000)
        var now: EpochSeconds { value.withLock { $0 } }
    }

    @Test func letsComeAgain() async throws {
        let one = try Fixture()
        #expect(try await one.ask() == .wait(300))
        one.pass(299)
        #expect(try await one.ask() == .wait(1))
        one.pass(1)
        #expect(try await one.ask() == .pass)
        #expect(try await one.ask("203.0.113.0/24", "A@EXAMPLE.NET", "B@example.ORG") == .pass)
        one.pass(34 * 86_400)
        #expect(try await one.ask() == .pass)
        one.pass(35 * 86_400)
        #expect(try await one.ask() == .wait(300))
    }

    @Test func tellsTripletsApart() async throws {
        let one = try Fixture()
        _ = try await one.ask()
        one.pass(300)
        #expect(try await one.ask("198.51.100.0/24") == .wait(300))
        #expect(try await one.ask("203.0.113.0/24", "other@example.net") == .wait(300))
        #expect(try await one.ask("203.0.113.0/24", "a@example.net", "other@example.org") == .wait(300))
        #expect(try await one.ask() == .pass)
    }

    @Test func forgetsWhoComesTooLate() async throws {
        let one = try Fixture()
        _ = try await one.ask()
        one.pass(2 * 86_400)
        #expect(try await one.ask() == .wait(300))
    }

    @Test func trustsNetworksThatCameAgain() async throws {
        let one = try Fixture()
        for number in 0..<5 {
            #expect(try await one.ask("203.0.113.0/24", "\(number)@example.net") == .wait(300))
            one.pass(300)
            #expect(try await one.ask("203.0.113.0/24", "\(number)@example.net") == .pass)
        }
        #expect(try await one.ask("203.0.113.0/24", "new@example.net") == .pass)
        #expect(try await one.ask("198.51.100.0/24", "new@example.net") == .wait(300))
        one.pass(35 * 86_400)
        #expect(try await one.ask("203.0.113.0/24", "newer@example.net") == .wait(300))
    }

    @Test func staysBounded() async throws {
        var policy = GreylistPolicy()
        policy.mostRows = 3
        let one = try Fixture(policy)
        for number in 0..<6 {
            _ = try await one.ask("203.0.113.0/24", "\(number)@example.net")
            one.pass(1)
        }
        try await one.list.sweep()
        one.pass(300)
        #expect(try await one.ask("203.0.113.0/24", "5@example.net") == .pass)
        #expect(try await one.ask("203.0.113.0/24", "3@example.net") == .pass)
        #expect(try await one.ask("203.0.113.0/24", "2@example.net") == .wait(300))
    }

    @Test func widensAddresses() throws {
        #expect(GreylistNetwork.around(IPAddress(v4: 0xcb00_7105)).description == "203.0.113.0/24")
        let six = try #require(IPAddress("2001:db8:1:2:3::1"))
        #expect(GreylistNetwork.around(six).description == "2001:db8:1:2::/64")
    }
}
