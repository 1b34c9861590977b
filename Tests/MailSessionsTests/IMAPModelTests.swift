import Foundation
import Testing

@testable import MailSessions

/// Three sessions do random things to one mailbox, one after the other, and a reference model says what each may hear.
///
/// `POSTHUS_MODEL_SEED` repeats a run, `POSTHUS_MODEL_STEPS` makes it longer; a failure prints the seed.
@Suite struct IMAPModelTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seeds: [UInt64] =
        environment["POSTHUS_MODEL_SEED"].flatMap { UInt64($0) }.map { [$0] }
        ?? [1, 2, UInt64.random(in: 1_000..<1_000_000)]
    private static let steps = environment["POSTHUS_MODEL_STEPS"].flatMap { Int($0) } ?? 300

    @Test(arguments: seeds) func sessionsAgreeWithTheModel(seed: UInt64) async throws {
        let server = try await DialogueServer()
        var model = MailboxModel(seed: seed)
        do {
            var sessions: [ModelSession] = []
            for number in 0..<3 { sessions.append(try await ModelSession(server, number)) }
            for step in 0..<Self.steps {
                let session = sessions[Int.random(in: 0..<sessions.count, using: &model.random)]
                do { try await session.act(&model) } catch {
                    throw ModelFailure("seed \(seed), step \(step), session \(session.number): \(error)")
                }
            }
            for session in sessions { try await session.compare(with: model) }
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

/// What is really in the mailbox.
struct MailboxModel {
    struct Message: Equatable {
        let uid: Int
        var flags: Set<String>
    }

    var random: SeededRandom
    var messages: [Message] = []
    var nextUID = 1

    init(seed: UInt64) { random = SeededRandom(state: seed) }

    mutating func append(_ flags: Set<String>) {
        messages.append(Message(uid: nextUID, flags: flags))
        nextUID += 1
    }

    mutating func change(_ uids: Set<Int>, _ sign: String, _ flags: Set<String>) {
        for index in messages.indices where uids.contains(messages[index].uid) {
            switch sign {
            case "+": messages[index].flags.formUnion(flags)
            case "-": messages[index].flags.subtract(flags)
            default: messages[index].flags = flags
            }
        }
    }

    mutating func expunge(only uids: Set<Int>? = nil) {
        messages.removeAll { $0.flags.contains("\\Deleted") && (uids?.contains($0.uid) ?? true) }
    }
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

/// One client that believes only what it is told.
final class ModelSession {
    private static let flags = ["\\Seen", "\\Flagged", "\\Deleted", "\\Answered", "one", "two"]

    let number: Int
    private let client: SessionClient
    private var tag = 0
    /// By sequence number; nil where only EXISTS has told of the message.
    private var view: [Int?] = []
    private var isReadOnly = false

    init(_ server: DialogueServer, _ number: Int) async throws {
        self.number = number
        client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        _ = try await command("LOGIN alice secret")
        try await select()
    }

    // MARK: What it does

    func act(_ model: inout MailboxModel) async throws {
        switch Int.random(in: 0..<20, using: &model.random) {
        case 0..<4: try await append(&model)
        case 4..<8: try await store(&model)
        case 8: try await expunge(&model)
        case 9: try await expungeSome(&model)
        case 10: try await copyHere(&model)
        case 11: try await moveAway(&model)
        case 12: try await moveHere(&model)
        case 13: _ = try await command("FETCH 1:* (FLAGS)", holdsNumbers: true)
        case 14: _ = try await command("SEARCH UNSEEN", holdsNumbers: true)
        case 15: _ = try await command("UID SEARCH KEYWORD one")
        case 16: try await reselect(&model)
        case 17: _ = try await command("NOOP")
        default: try await compare(with: model)
        }
    }

    private func append(_ model: inout MailboxModel) async throws {
        let flags = someFlags(&model)
        let text = "Subject: x\r\n\r\ny"
        let reply = try await command("APPEND INBOX (\(list(flags))) {\(text.utf8.count)+}\r\n\(text)")
        try expect(reply.contains("APPENDUID") && reply.contains(" \(model.nextUID)]"), reply)
        model.append(flags)
    }

    private func store(_ model: inout MailboxModel) async throws {
        guard !isReadOnly, let target = try await target(&model) else { return }
        let sign = ["+", "-", ""].randomElement(using: &model.random) ?? "+"
        let silent = Bool.random(using: &model.random) ? ".SILENT" : ""
        let flags = someFlags(&model)
        let existed = target.uids.isSubset(of: Set(model.messages.map(\.uid)))
        let reply = try await command(
            "\(target.prefix)STORE \(target.set) \(sign)FLAGS\(silent) (\(list(flags)))", holdsNumbers: !target.byUID)
        // A silent STORE need not notice what has gone.
        if !target.byUID, silent.isEmpty { try expect(reply.hasPrefix("OK") == existed, reply) }
        model.change(target.uids, sign, flags)
    }

    private func expunge(_ model: inout MailboxModel) async throws {
        guard !isReadOnly else { return }
        _ = try await command("EXPUNGE")
        model.expunge()
    }

    private func expungeSome(_ model: inout MailboxModel) async throws {
        guard !isReadOnly, let uid = model.messages.randomElement(using: &model.random)?.uid else { return }
        _ = try await command("NOOP")  // A session acts only on what it has been told of.
        _ = try await command("UID EXPUNGE 1:\(uid)")
        model.expunge(only: Set(1...uid))
    }

    private func copyHere(_ model: inout MailboxModel) async throws {
        guard let target = try await target(&model) else { return }
        let copied = model.messages.filter { target.uids.contains($0.uid) }
        let reply = try await command("\(target.prefix)COPY \(target.set) INBOX")
        try expect(reply.contains("COPYUID") == !copied.isEmpty, reply)
        for message in copied { model.append(message.flags) }
    }

    private func moveAway(_ model: inout MailboxModel) async throws {
        guard !isReadOnly, let target = try await target(&model) else { return }
        _ = try await command("\(target.prefix)MOVE \(target.set) Archive")
        model.messages.removeAll { target.uids.contains($0.uid) }
    }

    private func moveHere(_ model: inout MailboxModel) async throws {
        guard !isReadOnly, let target = try await target(&model) else { return }
        let moved = model.messages.filter { target.uids.contains($0.uid) }
        _ = try await command("\(target.prefix)MOVE \(target.set) INBOX")
        model.messages.removeAll { target.uids.contains($0.uid) }
        for message in moved { model.append(message.flags) }
    }

    private func reselect(_ model: inout MailboxModel) async throws {
        let leave = ["CLOSE", "UNSELECT", "NOOP"].randomElement(using: &model.random) ?? "NOOP"
        _ = try await command(leave)
        if leave == "CLOSE", !isReadOnly { model.expunge() }
        try await select(readOnly: Int.random(in: 0..<4, using: &model.random) == 0)
    }

    private func select(readOnly: Bool = false) async throws {
        view = []
        isReadOnly = readOnly
        _ = try await command(readOnly ? "EXAMINE INBOX" : "SELECT INBOX")
        try await learn()
    }

    /// After NOOP nothing may be unknown: the view is the mailbox, and every flag is right.
    func compare(with model: MailboxModel) async throws {
        _ = try await command("NOOP")
        try await learn()
        try expect(view == model.messages.map(\.uid), "the view is \(view), the mailbox \(model.messages.map(\.uid))")
        var flags: [Int: Set<String>] = [:]
        for line in try await lines("UID FETCH 1:* (FLAGS)").untagged {
            guard let match = line.firstMatch(of: /FETCH \(UID ([0-9]+) FLAGS \(([^)]*)\)/), let uid = Int(match.1)
            else { continue }
            flags[uid] = Set(match.2.split(separator: " ").map(String.init)).subtracting(["\\Recent"])
        }
        let truth = Dictionary(uniqueKeysWithValues: model.messages.map { ($0.uid, $0.flags) })
        try expect(flags == truth, "the flags are \(flags), not \(truth)")
        let status = try await lines("STATUS INBOX (MESSAGES UIDNEXT UNSEEN)").untagged.first ?? ""
        let unseen = model.messages.filter { !$0.flags.contains("\\Seen") }.count
        let expected = "(MESSAGES \(model.messages.count) UIDNEXT \(model.nextUID) UNSEEN \(unseen))"
        try expect(status.hasSuffix(expected), "\(status), not \(expected)")
    }

    // MARK: What it chooses

    private struct Target {
        let byUID: Bool
        let set: String
        let uids: Set<Int>
        var prefix: String { byUID ? "UID " : "" }
    }

    /// Some neighbours in this client's view, some of which may have gone meanwhile.
    private func target(_ model: inout MailboxModel) async throws -> Target? {
        guard !view.isEmpty else { return nil }
        let first = Int.random(in: 0..<view.count, using: &model.random)
        let last = min(view.count - 1, first + Int.random(in: 0..<3, using: &model.random))
        let uids = view[first...last].compactMap { $0 }
        guard uids.count == last - first + 1, let low = uids.first, let high = uids.last else { return nil }
        let byUID = Bool.random(using: &model.random)
        return Target(byUID: byUID, set: byUID ? "\(low):\(high)" : "\(first + 1):\(last + 1)", uids: Set(uids))
    }

    private func someFlags(_ model: inout MailboxModel) -> Set<String> {
        var random = model.random
        defer { model.random = random }
        return Set(Self.flags.filter { _ in Bool.random(using: &random) })
    }

    private func list(_ flags: Set<String>) -> String { flags.sorted().joined(separator: " ") }

    // MARK: What it hears

    private func command(_ text: String, holdsNumbers: Bool = false) async throws -> String {
        try await lines(text, holdsNumbers: holdsNumbers).reply
    }

    /// Asks for the UIDs of what only EXISTS has told of.
    private func learn() async throws {
        guard let first = view.firstIndex(where: { $0 == nil }) else { return }
        for line in try await lines("FETCH \(first + 1):* (UID)", holdsNumbers: true).untagged {
            guard let match = line.firstMatch(of: /^\* ([0-9]+) FETCH \(UID ([0-9]+)\)/), let place = Int(match.1)
            else { continue }
            view[place - 1] = Int(match.2)
        }
        try expect(!view.contains(nil) || holdsExpunged, "FETCH does not name every UID")
    }

    /// Another session may have expunged what this one asked for.
    private var holdsExpunged = false

    private func lines(
        _ text: String, holdsNumbers: Bool = false
    ) async throws -> (untagged: [String], reply: String) {
        tag += 1
        await client.say("t\(tag) \(text)")
        var untagged: [String] = []
        while true {
            let line = try await client.hear()
            if line.hasPrefix("t\(tag) ") {
                let reply = String(line.dropFirst("t\(tag) ".count))
                holdsExpunged = reply.contains("EXPUNGEISSUED")
                try expect(reply.hasPrefix("OK") || holdsExpunged, "\(text): \(reply)")
                return (untagged, reply)
            }
            try expect(line.hasPrefix("* "), line)
            try hear(line, text, holdsNumbers: holdsNumbers)
            untagged.append(line)
        }
    }

    private func hear(_ line: String, _ command: String, holdsNumbers: Bool) throws {
        guard let match = line.wholeMatch(of: /\* ([0-9]+) (EXISTS|EXPUNGE|FETCH)(.*)/), let number = Int(match.1)
        else { return }
        switch match.2 {
        case "EXISTS":
            try expect(number >= view.count, "\(command): EXISTS \(number) of \(view.count)")
            view += Array(repeating: nil, count: number - view.count)
        case "EXPUNGE":
            try expect(!holdsNumbers, "\(command): EXPUNGE while numbers are held")
            try expect((1...max(1, view.count)).contains(number), "\(command): EXPUNGE \(number) of \(view.count)")
            view.remove(at: number - 1)
        default:
            try expect((1...max(1, view.count)).contains(number), "\(command): FETCH \(number) of \(view.count)")
            guard let uid = match.3.firstMatch(of: /UID ([0-9]+)/).flatMap({ Int($0.1) }) else { return }
            try expect(view[number - 1] ?? uid == uid, "\(command): \(number) is \(uid), not \(view[number - 1] ?? 0)")
        }
    }

    private func expect(_ condition: Bool, _ text: String) throws {
        if !condition { throw ModelFailure(text) }
    }
}
