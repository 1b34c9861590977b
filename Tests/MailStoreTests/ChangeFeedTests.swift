import Foundation
import MailMessage
import Synchronization
import Testing

@testable import MailStore

@Suite struct ChangeFeedTests {
    final class Heard: Sendable {
        private let values = Mutex<[ModSeq]>([])
        func add(_ modseq: ModSeq) { values.withLock { $0.append(modseq) } }
        var all: [ModSeq] { values.withLock { $0 } }
    }

    @Test func thisProcessHearsAtOnceAndOnlyItsAccount() async throws {
        try await withStore { store, _ in
            let heard = Heard()
            let subscription = store.changes.subscribe(AccountID(1)) { heard.add($0) }
            try await store.account(AccountID(2)).append(message())
            #expect(heard.all == [])
            try await store.account(AccountID(1)).append(message())
            #expect(heard.all == [try await store.account(AccountID(1)).read { try $0.modseq }])
            subscription.cancel()
            try await store.account(AccountID(1)).append(message())
            #expect(heard.all.count == 1)
        }
    }

    @Test func anotherStoreOnTheSameDirectoryHears() async throws {
        try await withStore { store, clock in
            let other = try MailStore(at: store.path, clock: { clock.now })
            let heard = Heard()
            let subscription = other.changes.subscribe(AccountID(1)) { heard.add($0) }
            try await store.account(AccountID(1)).append(message())
            let modseq = try await store.account(AccountID(1)).read { try $0.modseq }
            #expect(try await eventually { heard.all == [modseq] })
            #expect(try await other.account(AccountID(1)).read { try $0.allRows("INBOX").count } == 1)
            subscription.cancel()
            await other.close()
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.path + "/run/notify") == [])
        }
    }

    @Test func aSocketNobodyReadsIsRemoved() async throws {
        try await withStore { store, _ in
            let path = store.path + "/run/notify/99999999-1.sock"
            let dead = ChangePost(directory: store.path + "/run/notify")
            dead.listen { _ in }
            let notify = store.path + "/run/notify"
            let live = try #require(FileManager.default.contentsOfDirectory(atPath: notify).first)
            try FileManager.default.linkItem(atPath: "\(notify)/\(live)", toPath: path)
            dead.close()
            #expect(
                try await eventually {
                    try await store.account(AccountID(1)).append(message())
                    return try FileManager.default.contentsOfDirectory(atPath: notify).isEmpty
                })
        }
    }

    @Test func whoMissedSomethingIsToldToLook() async throws {
        try await withStore { store, _ in
            let feed = ChangeFeed(directory: store.path + "/run/notify")
            let sender = ChangePost(directory: store.path + "/run/notify")
            let heard = Heard()
            let gate = DispatchSemaphore(value: 0)
            let first = Mutex(true)
            let subscription = feed.subscribe(AccountID(1)) { modseq in
                if first.withLock({ isFirst in
                    defer { isFirst = false }
                    return isFirst
                }) {
                    _ = gate.wait(timeout: .now() + 10)
                }
                heard.add(modseq)
            }
            for value in 1...5_000 as ClosedRange<Int64> { sender.send(AccountID(1), try #require(ModSeq(value))) }
            gate.signal()
            #expect(try await eventually { heard.all.contains(ChangeFeed.unknown) })
            #expect(heard.all.count < 5_001)
            subscription.cancel()
            feed.close()
            sender.close()
        }
    }
}
