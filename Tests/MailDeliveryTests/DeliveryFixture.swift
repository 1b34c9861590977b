import Foundation
import MailDelivery
import MailMessage
import MailStore
import Synchronization

/// uni.example with anna, bo and cy in a store of its own.
final class DeliveryFixture: Sendable {
    let folder: TemporaryFolder
    let clock: FixtureClock
    let store: MailStore

    init(now: EpochSeconds = 1_800_000_000) async throws {
        let clock = FixtureClock(now)
        folder = TemporaryFolder()
        self.clock = clock
        try MailStore.create(at: folder.path, isTestStore: true, clock: { clock.now })
        store = try MailStore(at: folder.path, options: Self.options, clock: { clock.now })
        try await store.directory.write { transaction in
            try transaction.addDomain(Self.some(MailDomain("uni.example")))
            for name in ["anna", "bo", "cy"] {
                try transaction.addAccount(NewAccount(address: Self.address("\(name)@uni.example")))
            }
        }
    }

    private static var options: MailStore.Options {
        var options = MailStore.Options()
        options.returnSecret = Array("returns of this store".utf8)
        return options
    }

    private init(after other: DeliveryFixture) throws {
        let clock = other.clock
        (folder, self.clock) = (other.folder, clock)
        store = try MailStore(at: folder.path, options: Self.options, clock: { clock.now })
    }

    /// The same store after a restart, with something done to its files in between.
    func restarted(_ between: (DeliveryFixture) async throws -> Void = { _ in }) async throws -> DeliveryFixture {
        await store.close()
        try await between(self)
        return try DeliveryFixture(after: self)
    }

    static func address(_ text: String) throws -> EmailAddress { try some(EmailAddress(text)) }

    static func some<T>(_ value: T?) throws -> T {
        guard let value else { throw StoreError.invalid("test literal") }
        return value
    }

    func id(_ name: String) async throws -> AccountID {
        try Self.some(try await store.directory.entry(address: Self.address("\(name)@uni.example"))).id
    }

    /// The bodies in a mailbox, in order.
    func inbox(_ name: String) async throws -> [String] {
        let account = try store.account(try await id(name))
        return try await account.read { reader in
            guard let inbox = try reader.mailbox(role: .inbox) else { return [] }
            return try reader.uids(in: inbox.id).map { uid in
                switch try reader.body(of: inbox.id, uid: uid) {
                case .inline(let bytes): String(decoding: bytes, as: UTF8.self)
                case .file(_, let size): "file of \(size)"
                }
            }
        }
    }

    func targets(_ texts: String...) async throws -> [RecipientTarget] {
        var targets: [RecipientTarget] = []
        for text in texts {
            let decision = await RecipientResolver(store: store).decide(try Self.address(text), size: nil)
            guard case .accepted(let target) = decision else { throw StoreError.invalid("\(text): \(decision)") }
            targets.append(target)
        }
        return targets
    }

    func deliver(_ text: String, from sender: String?, to recipients: [RecipientTarget]) async throws -> DeliveryOutcome
    {
        await LocalDelivery(store: store).deliver(
            StorableMessage(Array(text.utf8)),
            QueueEnvelope(sender: try sender.map { try Self.address($0) }, receivedAt: clock.now), to: recipients)
    }

    /// Writes rubbish over an account's database, as a bad disk would; the store must be closed. Returns the way back.
    func damage(_ account: AccountID) throws -> @Sendable () throws -> Void {
        let found =
            FileManager.default.enumerator(atPath: folder.path + "/accounts")?.compactMap { $0 as? String } ?? []
        let file = folder.path + "/accounts/" + (try Self.some(found.first { $0.hasSuffix("/\(account)/db") }))
        let good = try Data(contentsOf: URL(fileURLWithPath: file))
        try Data(repeating: 0x5a, count: good.count).write(to: URL(fileURLWithPath: file))
        return {
            for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + ending) }
            try good.write(to: URL(fileURLWithPath: file))
        }
    }
}

final class TemporaryFolder: Sendable {
    let path = NSTemporaryDirectory() + "posthus-delivery-" + UUID().uuidString
    deinit { try? FileManager.default.removeItem(atPath: path) }
}

final class FixtureClock: Sendable {
    private let value: Atomic<Int64>
    init(_ now: EpochSeconds) { value = Atomic(now) }
    var now: EpochSeconds { value.load(ordering: .relaxed) }
    func advance(by seconds: EpochSeconds) { value.add(seconds, ordering: .relaxed) }
}
