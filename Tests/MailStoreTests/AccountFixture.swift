import Foundation
import MailMessage
import Synchronization
import Testing

@testable import MailStore

/// A clock tests set by hand.
final class TestClock: Sendable {
    private let value: Mutex<EpochSeconds>
    init(_ start: EpochSeconds = 1_000_000) { value = Mutex(start) }
    var now: EpochSeconds {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}

/// An empty store in a temporary directory for the length of one test.
func withStore(
    options: MailStore.Options = .init(), clock: TestClock = TestClock(),
    _ body: (MailStore, TestClock) async throws -> Void
) async throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try MailStore.create(at: path, isTestStore: true, clock: { clock.now })
    let store = try MailStore(at: path, options: options, clock: { clock.now })
    do { try await body(store, clock) } catch {
        await store.close()
        throw error
    }
    await store.close()
}

/// As above, with one account at hand.
func withAccount(_ body: (Account, TestClock) async throws -> Void) async throws {
    try await withStore { store, clock in try await body(try store.account(AccountID(1)), clock) }
}

func temporaryPath() -> String { NSTemporaryDirectory() + "mailstore-\(UUID().uuidString)" }

func message(_ subject: String = "hello", size: Int = 0) -> StorableMessage {
    let head = "Subject: \(subject)\r\n\r\n"
    return StorableMessage(Array(head.utf8) + [UInt8](repeating: 65, count: max(0, size - head.utf8.count)))
}

func name(_ text: String) throws -> MailboxName { try #require(MailboxName(text)) }
func uid(_ value: UInt32) throws -> UID { try #require(UID(value)) }
func uids(_ values: UInt32...) -> UIDSet { UIDSet(values.compactMap { UID($0) }) }
func keyword(_ text: String) throws -> Flag { .keyword(try #require(Keyword(text))) }

extension UIDSet {
    static let all = UIDSet(.first ... .last)
}

extension AccountReader {
    func id(_ text: String) throws -> MailboxID {
        guard let name = MailboxName(text), let id = try mailboxID(name) else {
            throw StoreError.noSuchMailbox(MailboxName(text))
        }
        return id
    }

    func info(_ text: String) throws -> MailboxInfo {
        guard let info = try mailbox(try id(text)) else { throw StoreError.noSuchMailbox(MailboxName(text)) }
        return info
    }
}

extension Account {
    /// Appends without a limit and returns the UID.
    @discardableResult
    func append(_ message: StorableMessage, to mailbox: String = "INBOX", flags: [Flag] = []) async throws -> UID {
        try await write { try $0.append(message, to: try $0.id(mailbox), flags: flags, receivedAt: 500).uid }
    }
}

/// Runs the body and returns the store's error, failing when there is none.
func storeError(_ body: () async throws -> Void) async -> StoreError? {
    do {
        try await body()
        Issue.record("expected an error")
        return nil
    } catch {
        return StoreError(wrapping: error)
    }
}

/// Waits for something another thread does, at most `seconds`.
func eventually(within seconds: Double = 30, _ condition: () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(2))
    }
    return try await condition()
}

/// SplitMix64: the same numbers for the same seed.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
