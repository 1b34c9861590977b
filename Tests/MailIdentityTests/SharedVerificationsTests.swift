import Foundation
import MailCrypto
import MailMessage
import MailNetwork
import MailShared
import MailStore
import MailTransport
import Testing

@testable import MailIdentity

@Suite struct SharedVerificationsTests {
    private let password = PreparedPassword(Array("secret".utf8)).unsafelyUnwrapped

    private func cache(_ seat: SharedSeat) -> VerificationCache {
        VerificationCache(
            seconds: 300, SharedBuckets(seat.region.verifications, entryWords: 2), secret: seat.secret)
    }

    @Test func workersRememberTogether() throws {
        let workers = try TwoWorkers()
        let (first, second) = (cache(workers.first), cache(workers.second))
        first.insert(first.key(hash: "$y$a", password: password), now: 10)
        #expect(second.contains(second.key(hash: "$y$a", password: password), now: 20))
        #expect(!second.contains(second.key(hash: "$y$b", password: password), now: 20))
        let stranger = cache(SharedSeat(workers.second.region, slot: 1, secret: [1]))
        #expect(!stranger.contains(stranger.key(hash: "$y$a", password: password), now: 20))
    }

    /// Whichever bit of the two words is wrong, nobody comes in; the time's bits only change its age.
    @Test func everyBitMustFit() {
        let words = SharedWords(privateCount: 2)
        let cache = VerificationCache(seconds: 300, SharedBuckets(words, entryWords: 2), secret: [1])
        let key = cache.key(hash: "$y$a", password: password)
        cache.insert(key, now: 10)
        #expect(cache.contains(key, now: 10))
        let whole = [words.load(0), words.load(1)]
        for (word, bits) in [(0, 0..<64), (1, 28..<64)] {
            for bit in bits {
                words.store(whole[word] ^ 1 << UInt64(bit), at: word)
                #expect(!cache.contains(key, now: 10), "word \(word), bit \(bit)")
                words.store(whole[word], at: word)
            }
        }
        #expect(cache.contains(key, now: 10))
    }

    /// Writers that race for one entry, in every order of their stores: whatever is left, a password nobody verified misses,
    /// and so does one of the two when the words are mixed.
    @Test(arguments: interleavings([0, 0, 0], [1, 1, 1]))
    func mixedWordsFitNobody(_ order: [Int]) {
        let writers = ["$y$a", "$y$b"].map { hash in
            let words = SharedWords(privateCount: 2)
            let cache = VerificationCache(seconds: 300, SharedBuckets(words, entryWords: 2), secret: [1])
            cache.insert(cache.key(hash: hash, password: password), now: 10)
            return [(1, 0), (0, words.load(0)), (1, words.load(1))] as [(Int, UInt64)]
        }
        let words = SharedWords(privateCount: 2)
        let cache = VerificationCache(seconds: 300, SharedBuckets(words, entryWords: 2), secret: [1])
        var steps = [0, 0]
        for writer in order {
            let (index, value) = writers[writer][steps[writer]]
            words.store(value, at: index)
            steps[writer] += 1
            #expect(!cache.contains(cache.key(hash: "$y$c", password: password), now: 10))
        }
        let hits = ["$y$a", "$y$b"].count { cache.contains(cache.key(hash: $0, password: password), now: 10) }
        let isMixed = (words.load(0) == writers[0][1].1) != (words.load(1) == writers[0][2].1)
        #expect(hits == (isMixed ? 0 : 1))
    }

    private static func interleavings(_ left: [Int], _ right: [Int]) -> [[Int]] {
        guard let first = left.first else { return [right] }
        guard let other = right.first else { return [left] }
        return interleavings(Array(left.dropFirst()), right).map { [first] + $0 }
            + interleavings(left, Array(right.dropFirst())).map { [other] + $0 }
    }

    @Test func aPasswordVerifiedByOneWorkerIsKnownToTheOther() async throws {
        let fixture = try await Fixture()
        let workers = try TwoWorkers()
        let origin = LoginOrigin(peer: .init(ip: .init(v4: 0xc000_0201), port: 5), service: .imap)
        // The second worker can hash nothing: what it knows it knows from the first.
        let unable = BlockingPool()
        await unable.shutDown()
        let both = [(workers.first, fixture.pool), (workers.second, unable)].map { seat, pool in
            Authenticator(store: fixture.store, pool: pool, seat: seat, clock: { 1_000 }, sleep: { _ in })
        }
        let secret = Array("secret".utf8)
        #expect(await both[1].login(name: "anna", password: secret, from: origin).admission == nil)
        #expect(await both[0].login(name: "anna", password: secret, from: origin).name == "success anna")
        #expect(await both[1].login(name: "anna", password: secret, from: origin).name == "success anna")
        let id = try #require(try await fixture.store.directory.entry(login: "anna")).id
        let other = try PasswordChange.credential(for: try #require(PreparedPassword(Array("another".utf8))), at: 2)
        try await PasswordChange.set(other, of: id, in: fixture.store, by: "test")
        for worker in both {
            #expect(await worker.login(name: "anna", password: secret, from: origin).admission == nil)
        }
        await fixture.close()
    }
}
