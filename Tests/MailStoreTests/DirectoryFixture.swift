import Foundation
import MailMessage
import Synchronization

@testable import MailStore

/// A store in a directory of its own that goes away with the value.
final class DirectoryFixture: Sendable {
    let path: String
    let clock: FixtureClock
    let store: MailStore
    var directory: Directory { store.directory }

    init(now: EpochSeconds = 1_800_000_000) throws {
        path = NSTemporaryDirectory() + "posthus-directory-" + UUID().uuidString
        let clock = FixtureClock(now)
        self.clock = clock
        try MailStore.create(at: path, isTestStore: true, clock: { clock.now })
        store = try MailStore(at: path, clock: { clock.now })
    }

    /// Another process, as far as the store can tell.
    func second() throws -> MailStore {
        let clock = clock
        return try MailStore(at: path, clock: { clock.now })
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

final class FixtureClock: Sendable {
    private let value: Atomic<Int64>
    init(_ now: EpochSeconds) { value = Atomic(now) }
    var now: EpochSeconds { value.load(ordering: .relaxed) }
    func advance(by seconds: EpochSeconds) { value.add(seconds, ordering: .relaxed) }
}

/// Values from literals; a wrong literal fails the test that wrote it.
enum Made {
    static func address(_ text: String) throws -> EmailAddress { try some(EmailAddress(text), text) }
    static func domain(_ text: String) throws -> MailDomain { try some(MailDomain(text), text) }
    static func login(_ text: String) throws -> LoginName { try some(LoginName(text), text) }
    static func organisation(_ text: String) throws -> OrganisationName { try some(OrganisationName(text), text) }
    static func accountClass(_ text: String) throws -> ClassName { try some(ClassName(text), text) }

    private static func some<T>(_ value: T?, _ text: String) throws -> T {
        guard let value else { throw StoreError.invalid("test literal \(text)") }
        return value
    }
}

extension Directory {
    /// uni.example with Anna (login anna01), bo and cy.
    func fill() async throws {
        try await write { transaction in
            try transaction.addDomain(Made.domain("uni.example"))
            try transaction.addAccount(
                NewAccount(address: Made.address("Anna@uni.example"), login: Made.login("anna01"), name: "Anna A"))
            try transaction.addAccount(NewAccount(address: Made.address("bo@uni.example")))
            try transaction.addAccount(NewAccount(address: Made.address("cy@uni.example")))
        }
    }

    func id(_ text: String) async throws -> AccountID {
        guard let entry = try await entry(address: Made.address(text)) else { throw StoreError.noSuchAccount }
        return entry.id
    }

    func alias(_ text: String, _ targets: String...) async throws {
        try await write { transaction in
            try transaction.addAlias(Made.address(text), targets: targets.map { try Made.address($0) })
        }
    }

    /// The addresses a resolution names, or the name of its case.
    func reach(_ text: String) async throws -> [String] {
        switch try await resolve(Made.address(text)) {
        case .accounts(let entries): entries.map(\.address.description).sorted()
        case let other: ["\(other)"]
        }
    }
}
