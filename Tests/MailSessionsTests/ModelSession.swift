import Foundation
import Testing

@testable import MailSessions

/// What a client has written down of one mailbox; it survives the connection.
struct ModelCache {
    var uidValidity = 0
    /// Up to here nothing can be missing from this cache.
    var syncedTo = 0
    /// The highest MODSEQ or HIGHESTMODSEQ heard of. To be believed only when nothing is held back any more.
    var heard = 0
    /// By UID, where the client has been told of the flags.
    var flags: [Int: Set<String>] = [:]
}

/// One client that believes only what it is told.
final class ModelSession {
    private static let flags = ["\\Seen", "\\Flagged", "\\Deleted", "\\Answered", "one", "two"]

    let number: Int
    let server: DialogueServer
    let knowsQResync: Bool
    var client: SessionClient
    var tag = 0
    var mailbox = "INBOX"
    /// By sequence number; nil where only EXISTS has told of the message.
    var view: [Int?] = []
    var isReadOnly = false
    /// What was asked for had gone.
    var missedSome = false
    var caches: [String: ModelCache] = [:]
    /// The last lines of the conversation, for whoever has to find out.
    var heard: [String] = []

    var cache: ModelCache {
        get { caches[mailbox] ?? ModelCache() }
        set { caches[mailbox] = newValue }
    }

    init(_ server: DialogueServer, _ number: Int, _ world: inout ModelWorld) async throws {
        self.server = server
        self.number = number
        knowsQResync = world.isLucky()
        client = try await SessionClient(server, .imaps)
        mailbox = world.name()
        try await greet()
        try await select()
    }

    private func greet() async throws {
        _ = try await client.hear()
        _ = try await command("LOGIN alice secret")
        if knowsQResync { _ = try await command("ENABLE QRESYNC") }
    }

    // MARK: What it does

    func act(_ world: inout ModelWorld) async throws {
        switch world.number(below: 24) {
        case 0..<4: try await append(&world)
        case 4..<8: try await store(&world)
        case 8: try await expunge(&world)
        case 9: try await expungeSome(&world)
        case 10, 11: try await copy(&world)
        case 12, 13: try await move(&world)
        case 14: _ = try await command("FETCH 1:* (FLAGS)", holdsNumbers: true)
        case 15: try await search(&world)
        case 16: _ = try await command("UID SEARCH KEYWORD one")
        case 17: try await reselect(&world)
        case 18: _ = try await command("NOOP")
        case 19, 20: try await loseConnection(&world)
        case 21: try await fetchChanges(world)
        default: try await compare(with: world)
        }
    }

    private func append(_ world: inout ModelWorld) async throws {
        let (name, flags, text) = (world.name(), someFlags(&world), "Subject: x\r\n\r\ny")
        let reply = try await command("APPEND \(name) (\(list(flags))) {\(text.utf8.count)+}\r\n\(text)")
        try expect(reply.contains("APPENDUID") && reply.contains(" \(world[name].nextUID)]"), reply)
        world[name].append(flags)
    }

    private func store(_ world: inout ModelWorld) async throws {
        guard !isReadOnly, let target = target(&world) else { return }
        let (sign, flags) = (world.pick(["+", "-", ""]), someFlags(&world))
        let silent = world.isLucky() ? ".SILENT" : ""
        let existing = target.uids.intersection(world[mailbox].messages.map(\.uid))
        let reply = try await command(
            "\(target.prefix)STORE \(target.set) \(sign)FLAGS\(silent) (\(list(flags)))", holdsNumbers: !target.byUID)
        // A silent STORE need not notice what has gone.
        if !target.byUID, silent.isEmpty { try expect(reply.hasPrefix("OK") == (existing == target.uids), reply) }
        world[mailbox].change(existing, sign, flags)
        guard !silent.isEmpty else { return }
        for uid in existing { cache.flags[uid] = cache.flags[uid].map { MailboxModel.changed($0, sign, flags) } }
    }

    private func expunge(_ world: inout ModelWorld) async throws {
        guard !isReadOnly else { return }
        _ = try await command("EXPUNGE")
        world[mailbox].expunge()
    }

    private func expungeSome(_ world: inout ModelWorld) async throws {
        guard !isReadOnly, !world[mailbox].messages.isEmpty else { return }
        let uid = world[mailbox].messages[world.number(below: world[mailbox].messages.count)].uid
        _ = try await command("NOOP")  // A session acts only on what it has been told of.
        _ = try await command("UID EXPUNGE 1:\(uid)")
        world[mailbox].expunge(only: Set(1...uid))
    }

    private func copy(_ world: inout ModelWorld) async throws {
        guard let target = target(&world) else { return }
        let copied = world[mailbox].messages.filter { target.uids.contains($0.uid) }
        let name = world.name()
        let reply = try await command("\(target.prefix)COPY \(target.set) \(name)")
        try expect(reply.contains("COPYUID") == !copied.isEmpty, reply)
        for message in copied { world[name].append(message.flags) }
    }

    private func move(_ world: inout ModelWorld) async throws {
        guard !isReadOnly, let target = target(&world) else { return }
        let moved = world[mailbox].messages.filter { target.uids.contains($0.uid) }
        let name = world.name()
        _ = try await command("\(target.prefix)MOVE \(target.set) \(name)")
        world[mailbox].remove(target.uids)
        for message in moved { world[name].append(message.flags) }
    }

    // MARK: Coming and going

    private func reselect(_ world: inout ModelWorld) async throws {
        let leave = world.pick(["CLOSE", "UNSELECT", "NOOP"])
        let reply = try await command(leave)
        if leave == "CLOSE", !isReadOnly {
            let before = world[mailbox].messages
            world[mailbox].expunge()
            // RFC 7162 §3.2.8: the value says that the client can work out for itself what has gone.
            if reply.contains("HIGHESTMODSEQ") {
                let left = Set(world[mailbox].messages.map(\.uid))
                for uid in cache.flags.keys where !left.contains(uid) {
                    try expect(before.contains { $0.uid == uid }, "CLOSE with \(uid) not told")
                    cache.flags[uid] = nil
                }
                // What only EXISTS has told of is not in the cache.
                if view.allSatisfy({ $0.map { cache.flags[$0] != nil || !left.contains($0) } ?? false }) {
                    cache.syncedTo = cache.heard
                }
            }
        }
        mailbox = world.name()
        try await select(readOnly: world.number(below: 4) == 0)
    }

    /// Without QRESYNC everything is learnt anew, and what was known is forgotten.
    private func select(readOnly: Bool = false) async throws {
        view = []
        isReadOnly = readOnly
        cache = ModelCache()
        _ = try await command("\(readOnly ? "EXAMINE" : "SELECT") \(mailbox)")
        try await learn()
    }

    private func loseConnection(_ world: inout ModelWorld) async throws {
        await client.client.close()
        if world.number(below: 3) == 0 { try await server.forgetVanished(of: "alice") }
        client = try await SessionClient(server, .imaps)
        view = []
        isReadOnly = world.number(below: 4) == 0
        mailbox = world.name()
        try await greet()
        guard knowsQResync, cache.uidValidity > 0, cache.syncedTo > 0 else {
            return try await select(readOnly: isReadOnly)
        }
        try await resync(&world)
    }

    private func resync(_ world: inout ModelWorld) async throws {
        let known = caches[mailbox]?.flags.keys.sorted() ?? []
        let namesKnown = world.isLucky() && !known.isEmpty
        var words = ["\(cache.uidValidity)", "\(cache.syncedTo)"]
        if namesKnown { words.append(known.map(String.init).joined(separator: ",")) }
        if world.isLucky(), let match = matchData(known) { words.append(match) }
        let verb = isReadOnly ? "EXAMINE" : "SELECT"
        let reply = try await command("\(verb) \(mailbox) (QRESYNC (\(words.joined(separator: " "))))")
        let truth = world[mailbox].flags
        let expected = namesKnown ? truth.filter { known.contains($0.key) } : truth
        try expect(
            cache.flags == expected, "\(words): after \(reply) the cache is \(cache.flags), not \(expected)")
        cache.syncedTo = cache.heard
        try await learn()
    }

    /// Only a client that has kept all messages knows which number has which UID.
    private func matchData(_ known: [Int]) -> String? {
        guard !known.isEmpty else { return nil }
        let places = stride(from: 0, to: known.count, by: 2).map { $0 }
        let numbers = places.map { "\($0 + 1)" }.joined(separator: ",")
        return "(\(numbers) \(places.map { "\(known[$0])" }.joined(separator: ",")))"
    }

    private func fetchChanges(_ world: ModelWorld) async throws {
        guard knowsQResync, cache.syncedTo > 0 else { return }
        _ = try await command("UID FETCH 1:* (FLAGS) (CHANGEDSINCE \(cache.syncedTo) VANISHED)")
        try await settle(world)
    }

    // MARK: What it checks

    private static let searches: [(key: String, finds: @Sendable (Set<String>) -> Bool)] = [
        ("ALL", { _ in true }), ("UNSEEN", { !$0.contains("\\Seen") }), ("SEEN", { $0.contains("\\Seen") }),
        ("UNDELETED", { !$0.contains("\\Deleted") }),
        ("UNSEEN FLAGGED", { !$0.contains("\\Seen") && $0.contains("\\Flagged") }),
        ("UNSEEN UNDELETED", { $0.isDisjoint(with: ["\\Seen", "\\Deleted"]) }),
        ("OR KEYWORD one DELETED", { !$0.isDisjoint(with: ["one", "\\Deleted"]) }),
    ]

    /// Also while messages have come and gone of which it has not heard.
    private func search(_ world: inout ModelWorld) async throws {
        _ = try await command("SEARCH UNSEEN", holdsNumbers: true)
        let (key, finds) = world.pick(Self.searches)
        let expected = world[mailbox].messages.filter { finds($0.flags) }.map(\.uid)
        try await search(key, finds: Set(expected), of: Set(view.compactMap { $0 }))
    }

    private func search(_ key: String, finds expected: Set<Int>, of known: Set<Int>) async throws {
        let unknown = view.count { $0 == nil }
        let untagged = try await lines("UID SEARCH \(key)").untagged.filter { $0.hasPrefix("* SEARCH") }
        let found = Set(untagged.flatMap { $0.split(separator: " ") }.compactMap { Int($0) })
        try expect(
            found.isSubset(of: expected) && found.isSuperset(of: expected.intersection(known))
                && found.subtracting(known).count <= unknown,
            "\(key) found \(found.sorted()), not \(expected.sorted()); \(unknown) messages are unknown")
    }

    /// After NOOP nothing may be unknown: the view is the mailbox, and every flag is right.
    func compare(with world: ModelWorld) async throws {
        try await settle(world)
        _ = try await command("UID FETCH 1:* (FLAGS)")
        try expect(cache.flags == world[mailbox].flags, "the flags are \(cache.flags), not \(world[mailbox].flags)")
        let status = try await lines("STATUS \(mailbox) (MESSAGES UIDNEXT UNSEEN)").untagged.first ?? ""
        let unseen = world[mailbox].messages.filter { !$0.flags.contains("\\Seen") }.count
        let (count, next) = (world[mailbox].messages.count, world[mailbox].nextUID)
        let expected = "(MESSAGES \(count) UIDNEXT \(next) UNSEEN \(unseen))"
        try expect(status.hasSuffix(expected), "\(status), not \(expected)")
        cache.syncedTo = cache.heard
    }

    /// What was told without being asked for must be enough.
    private func settle(_ world: ModelWorld) async throws {
        _ = try await command("NOOP")
        try await learn()
        let truth = world[mailbox].messages.map(\.uid)
        try expect(view == truth, "the view is \(view), the mailbox \(truth)")
        for (uid, flags) in cache.flags {
            let real = world[mailbox].flags[uid]
            try expect(
                flags == real, "the flags of \(uid) are \(flags), not \(real.map(String.init(describing:)) ?? "gone")")
        }
    }

    // MARK: What it chooses

    private struct Target {
        let byUID: Bool
        let set: String
        let uids: Set<Int>
        var prefix: String { byUID ? "UID " : "" }
    }

    /// Some neighbours in this client's view, some of which may have gone meanwhile.
    private func target(_ world: inout ModelWorld) -> Target? {
        guard !view.isEmpty else { return nil }
        let first = world.number(below: view.count)
        let last = min(view.count - 1, first + world.number(below: 3))
        let uids = view[first...last].compactMap { $0 }
        guard uids.count == last - first + 1, let low = uids.first, let high = uids.last else { return nil }
        let byUID = world.isLucky()
        return Target(byUID: byUID, set: byUID ? "\(low):\(high)" : "\(first + 1):\(last + 1)", uids: Set(uids))
    }

    private func someFlags(_ world: inout ModelWorld) -> Set<String> {
        var random = world.random
        defer { world.random = random }
        return Set(Self.flags.filter { _ in Bool.random(using: &random) })
    }

    private func list(_ flags: Set<String>) -> String { flags.sorted().joined(separator: " ") }

    func expect(_ condition: Bool, _ text: String) throws {
        if !condition { throw ModelFailure(text) }
    }
}
