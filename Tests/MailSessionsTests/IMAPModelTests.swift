import Foundation
import Testing

@testable import MailSessions

/// Two to eight sessions do random things to two mailboxes, one after the other, and a reference model says what each may
/// hear. Some know QRESYNC, lose their connection without a word, and must have everything right when they are back.
///
/// `POSTHUS_MODEL_SEED` repeats a run, `POSTHUS_MODEL_STEPS` makes each longer, and `POSTHUS_MODEL_SECONDS` begins new ones
/// until that time is over. A failure prints the seed.
@Suite struct IMAPModelTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seeds: [UInt64] =
        number("SEED").map { [$0] } ?? [1, 2, UInt64.random(in: 1_000..<1_000_000)]
    private static let steps = number("STEPS").map { Int($0) } ?? 300

    private static func number(_ name: String) -> UInt64? {
        environment["POSTHUS_MODEL_\(name)"].flatMap { UInt64($0) }
    }

    @Test(arguments: seeds) func sessionsAgreeWithTheModel(seed: UInt64) async throws {
        try await run(seed: seed)
    }

    @Test(.enabled(if: number("SECONDS") != nil)) func sessionsAgreeForALongTime() async throws {
        let end = ContinuousClock.now + .seconds(Self.number("SECONDS") ?? 0)
        var runs = 0
        while ContinuousClock.now < end {
            let seed = UInt64.random(in: 1_000..<1_000_000_000)
            print("model: run \(runs), seed \(seed)")
            try await run(seed: seed)
            runs += 1
        }
        #expect(runs > 0)
    }

    private func run(seed: UInt64) async throws {
        let server = try await DialogueServer()
        var world = ModelWorld(seed: seed)
        let count = Int.random(in: 2...8, using: &world.random)
        do {
            var sessions: [ModelSession] = []
            for number in 0..<count { sessions.append(try await ModelSession(server, number, &world)) }
            for step in 0..<Self.steps {
                let session = sessions[Int.random(in: 0..<count, using: &world.random)]
                do { try await session.act(&world) } catch {
                    let lines = session.heard.joined(separator: "\n")
                    throw ModelFailure(
                        "seed \(seed), step \(step), session \(session.number) of \(count): \(error)\n\(lines)")
                }
            }
            for session in sessions {
                do { try await session.compare(with: world) } catch {
                    throw ModelFailure("seed \(seed), the end, session \(session.number) of \(count): \(error)")
                }
            }
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }
}

struct ModelFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// What is really there.
struct ModelWorld {
    static let names = ["INBOX", "Archive"]

    var random: SeededRandom
    private var mailboxes: [String: MailboxModel] = [:]

    init(seed: UInt64) { random = SeededRandom(state: seed) }

    subscript(_ name: String) -> MailboxModel {
        get { mailboxes[name] ?? MailboxModel() }
        set { mailboxes[name] = newValue }
    }

    mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    mutating func isLucky() -> Bool { Bool.random(using: &random) }
    mutating func name() -> String { Self.names[number(below: Self.names.count)] }
    mutating func pick<Item>(_ items: [Item]) -> Item { items[number(below: items.count)] }
}

struct MailboxModel {
    struct Message: Equatable {
        let uid: Int
        var flags: Set<String>
    }

    var messages: [Message] = []
    var nextUID = 1

    var flags: [Int: Set<String>] { Dictionary(uniqueKeysWithValues: messages.map { ($0.uid, $0.flags) }) }

    mutating func append(_ flags: Set<String>) {
        messages.append(Message(uid: nextUID, flags: flags))
        nextUID += 1
    }

    mutating func change(_ uids: Set<Int>, _ sign: String, _ flags: Set<String>) {
        for index in messages.indices where uids.contains(messages[index].uid) {
            messages[index].flags = Self.changed(messages[index].flags, sign, flags)
        }
    }

    static func changed(_ old: Set<String>, _ sign: String, _ flags: Set<String>) -> Set<String> {
        switch sign {
        case "+": old.union(flags)
        case "-": old.subtracting(flags)
        default: flags
        }
    }

    mutating func expunge(only uids: Set<Int>? = nil) {
        messages.removeAll { $0.flags.contains("\\Deleted") && (uids?.contains($0.uid) ?? true) }
    }

    mutating func remove(_ uids: Set<Int>) { messages.removeAll { uids.contains($0.uid) } }
}

struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {  // SplitMix64
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
