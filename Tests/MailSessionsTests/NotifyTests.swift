import Foundation
import MailMessage
import MailStore
import MailWire
import Testing

@testable import MailSessions

/// What a client that uses NOTIFY has put together from what it was told.
private struct HeardPicture: Equatable {
    var names: Set<String> = []
    var subscriptions: Set<String> = []
    var statuses: [String: [String]] = [:]

    private static var listing: Regex<(Substring, Substring, Substring, Substring?)> {
        /\* LIST \(([^)]*)\) "\/" (\S+)(?: \("OLDNAME" \((\S+)\)\))?/
    }
    private static var status: Regex<(Substring, Substring, Substring)> { /\* STATUS (\S+) \((.*)\)/ }

    mutating func hear(_ line: String) throws {
        if let match = line.wholeMatch(of: Self.listing) {
            hear(String(match.2), Set(match.1.split(separator: " ").map(String.init)), old: match.3.map(String.init))
        } else if let match = line.wholeMatch(of: Self.status) {
            statuses[String(match.1)] = match.2.split(separator: " ").map(String.init)
        } else if line.hasPrefix("* ") {
            throw ModelFailure("not understood: \(line)")
        }
    }

    private mutating func hear(_ name: String, _ attributes: Set<String>, old: String?) {
        if let old {
            names.remove(old)
            if let moved = statuses.removeValue(forKey: old) { statuses[name] = moved }
        }
        if attributes.contains("\\NonExistent") {
            names.remove(name)
            statuses[name] = nil
        } else {
            names.insert(name)
        }
        if attributes.contains("\\Subscribed") { subscriptions.insert(name) } else { subscriptions.remove(name) }
    }
}

@Suite struct NotifyTests {
    private static let items = "MESSAGES UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ"

    private func client(_ server: DialogueServer, _ user: String = "alice") async throws -> SessionClient {
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        #expect(try await client.ask("login LOGIN \(user) secret").hasPrefix("login OK"))
        return client
    }

    private func lines(_ client: SessionClient, _ command: String) async throws -> [String] {
        await client.say("x " + command)
        var lines: [String] = []
        while true {
            let line = try await client.hear()
            guard !line.hasPrefix("x "), line != "<closed>" else { return lines + [line] }
            lines.append(line)
        }
    }

    private func truth(_ client: SessionClient) async throws -> HeardPicture {
        var picture = HeardPicture()
        for line in try await lines(client, "LIST \"\" * RETURN (SUBSCRIBED STATUS (\(Self.items)))").dropLast() {
            try picture.hear(line)
        }
        // Names without a mailbox too.
        picture.subscriptions = []
        for line in try await lines(client, "LIST (SUBSCRIBED) \"\" *").dropLast() {
            var names = HeardPicture()
            try names.hear(line)
            picture.subscriptions.formUnion(names.subscriptions)
        }
        return picture
    }

    /// The end of what a watcher was told: NOOP is never put off.
    private func catchUp(_ watcher: SessionClient, _ picture: inout HeardPicture) async throws -> Int {
        let lines = try await lines(watcher, "NOOP")
        for line in lines.dropLast() { try picture.hear(line) }
        return lines.count - 1
    }

    private static let roots = ["Apple", "Birch", "Cedar", "Apple/One", "Birch/Two", "Cedar/Three/Deep"]

    private func act(_ client: SessionClient, _ random: inout SeededRandom, _ server: DialogueServer) async throws {
        func pick(_ names: [String]) -> String { names[Int.random(in: 0..<names.count, using: &random)] }
        let (one, other) = (pick(Self.roots + ["INBOX"]), pick(Self.roots))
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1: _ = try await lines(client, "CREATE \(other)")
        case 2: _ = try await lines(client, "DELETE \(other)")
        case 3, 4: _ = try await lines(client, "RENAME \(pick(Self.roots)) \(other)")
        case 5: _ = try await lines(client, "SUBSCRIBE \(one)")
        case 6: _ = try await lines(client, "UNSUBSCRIBE \(one)")
        case 7, 8: try? await server.deliver(to: "alice", one, subject: "s")
        default:
            guard try await lines(client, "SELECT \(one)").last?.hasPrefix("x OK") ?? false else { return }
            let change = pick(["+FLAGS.SILENT (\\Seen)", "-FLAGS.SILENT (\\Seen)", "+FLAGS.SILENT (\\Deleted)"])
            _ = try await lines(client, "UID STORE 1:* \(change)")
            _ = try await lines(client, pick(["EXPUNGE", "UID COPY 1:* \(other)", "UID MOVE 1:* \(other)", "CLOSE"]))
            _ = try await lines(client, "UNSELECT")
        }
    }

    /// Another session does random things, also exchanges of names; the watcher listens now and then and in the end knows
    /// all names, subscriptions and counts.
    @Test(arguments: [858_313, 1, 2, 3, UInt64.random(in: 10..<1_000_000)]) func thePictureIsTheTruth(seed: UInt64)
        async throws
    {
        let server = try await DialogueServer()
        var random = SeededRandom(state: seed)
        do {
            let (watcher, actor) = (try await client(server), try await client(server))
            var picture = HeardPicture()
            for line in try await lines(watcher, "LIST \"\" * RETURN (SUBSCRIBED)").dropLast() {
                try picture.hear(line)
            }
            let events = "MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange"
            for line in try await lines(watcher, "NOTIFY SET STATUS (personal (\(events)))").dropLast() {
                try picture.hear(line)
            }
            var heard = 0
            for step in 0..<250 {
                try await act(actor, &random, server)
                if Int.random(in: 0..<6, using: &random) == 0 { heard += try await catchUp(watcher, &picture) }
                guard step % 50 == 49 else { continue }
                heard += try await catchUp(watcher, &picture)
                let truth = try await truth(actor)
                #expect(picture == truth, "seed \(seed), step \(step)")
                guard picture == truth else { break }
            }
            #expect(heard > 50)
        } catch {
            Issue.record("seed \(seed): \(error)")
        }
        await server.stop()
    }

    /// A burst is a few looks, and the last one tells the end of it.
    @Test func aBurstIsTold() async throws {
        let server = try await DialogueServer()
        let watcher = try await client(server)
        #expect(
            try await watcher.ask("a NOTIFY SET (inboxes (MessageNew MessageExpunge))").hasPrefix("a OK"))
        let began = ContinuousClock.now
        for number in 1...100 { try await server.deliver(to: "alice", "INBOX", subject: "\(number)") }
        var (line, count) = ("", 0)
        while !line.contains("MESSAGES 100 "), line != "<closed>" {
            line = try await watcher.hear()
            #expect(line.hasPrefix("* STATUS INBOX"))
            count += 1
        }
        // However slow the disk is today: no more than the pause allows.
        let most = Int(began.duration(to: .now) / .milliseconds(NotifyPlan.pauseMilliseconds)) + 2
        #expect(count <= most, "\(count) responses")
        await server.stop()
    }

    /// RFC 5465 §3.1, §5.8: too many mailboxes are refused, and when they become too many it ends.
    @Test func tooManyMailboxesAreNotWatched() async throws {
        let server = try await DialogueServer()
        let (watcher, account) = (try await client(server), try await server.account("alice"))
        let present = try await account.read { try $0.mailboxes().count }
        let wanted = "NOTIFY SET (selected NONE) (personal (MessageNew MessageExpunge MailboxName))"
        try await account.write { transaction in
            for number in present..<NotifyPlan.mailboxLimit {
                guard let name = MailboxName("m\(number)") else { continue }
                try transaction.createMailbox(name)
            }
        }
        #expect(try await lines(watcher, wanted).last?.hasPrefix("x OK") ?? false)
        try await account.write { transaction in
            if let name = MailboxName("the last straw") { try transaction.createMailbox(name) }
        }
        #expect(try await watcher.hear().hasPrefix("* LIST (\\HasNoChildren) \"/\" \"the last straw\""))
        #expect(try await watcher.hear().hasPrefix("* STATUS \"the last straw\""))
        #expect(try await watcher.hear().hasPrefix("* OK [NOTIFICATIONOVERFLOW]"))
        try await server.deliver(to: "alice", "INBOX", subject: "silence")
        #expect(try await lines(watcher, "NOOP").count == 1)
        #expect(try await lines(watcher, wanted).last?.hasPrefix("x NO [NOTIFICATIONOVERFLOW]") ?? false)
        // Fewer of them can be watched.
        #expect(
            try await lines(watcher, "NOTIFY SET (inboxes (MessageNew MessageExpunge))").last?.hasPrefix("x OK")
                ?? false)
        try await server.deliver(to: "alice", "INBOX", subject: "told")
        #expect(try await watcher.hear().hasPrefix("* STATUS INBOX (MESSAGES 2 "))
        await server.stop()
    }

    /// RFC 5465 §6: the first that names the mailbox; one that none names is silent.
    @Test func filters() throws {
        var parser = IMAPParser(
            Array(
                ("a NOTIFY SET (selected-delayed (MessageNew MessageExpunge)) (mailboxes (a/b \"Other Users/x/y\") NONE) "
                    + "(subtree a (MailboxName)) (subtree-one c (FlagChange MessageNew MessageExpunge)) "
                    + "(inboxes (SubscriptionChange)) (subscribed (MailboxMetadataChange)) (personal NONE)").utf8))
        guard case .notify(.set(let request)) = try parser.command().body else { throw ModelFailure("no NOTIFY") }
        let plan = NotifyPlan(request)
        #expect(plan.selectedEvents == [.messageNew, .messageExpunge] && plan.isDelayed)
        #expect(plan.watchesOthers && plan.reachesOtherUsers)
        let rows: [(name: String, isSubscribed: Bool, events: NotifyEvents)] = [
            ("a", false, .mailboxName), ("a/b", true, []), ("a/b/c", false, .mailboxName), ("ab", false, []),
            ("c", false, .message), ("c/d", false, .message), ("c/d/e", false, []),
            ("c/d/e", true, .mailboxMetadataChange), ("inbox", true, .subscriptionChange),
            ("Other Users/x/y", true, []), ("Other Users/x/z", true, .mailboxMetadataChange),
        ]
        for row in rows {
            let name = try #require(MailboxName(row.name))
            #expect(plan.events(of: name, isSubscribed: row.isSubscribed) == row.events, "\(row.name)")
        }
        #expect(!NotifyPlan().watchesOthers && NotifyPlan().selectedEvents.isEmpty)
    }
}
