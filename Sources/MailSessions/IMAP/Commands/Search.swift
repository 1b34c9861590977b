import MailMessage
import MailShared
import MailStore
import MailWire

/// SEARCH and UID SEARCH (RFC 9051 §6.4.4; RFC 4731, RFC 5182, RFC 7162 §3.1.5).
extension IMAPSession {
    func search(_ command: SearchCommand, tag: String) async throws -> IMAPReply {
        let mailbox = try selected().mailbox
        let saves = command.returns?.contains(.save) ?? false
        if let charset = command.charset, !Charset.isKnown(charset) {
            if saves { mailbox.saved = UIDSet() }
            throw IMAPFailure.no("This charset is not known", code: .badCharset(["UTF-8", "US-ASCII"]))
        }
        if command.key.asksModSeq { features.insert(.condstore) }

        let hits: SearchHits
        do { hits = try await self.hits(of: command, in: mailbox) } catch {
            if saves { mailbox.saved = UIDSet() }  // RFC 5182 §2.1: a failure saves nothing
            throw error
        }

        if saves { mailbox.saved = Self.saved(hits, command.returns ?? []) }
        report(hits, command, tag: tag, of: mailbox)
        return .ok("That is all")
    }

    private func hits(of command: SearchCommand, in mailbox: SelectedMailbox) async throws -> SearchHits {
        let compiler = SearchCompiler(
            view: mailbox.view, saved: mailbox.saved, recent: mailbox.recent, charset: command.charset)
        let (id, account, view) = (mailbox.id, mailbox.door.account.id, mailbox.view.uids)
        let budget = TimeBudget(seconds: services.settings.limits.searchSeconds)
        var run = try await mailbox.door.read(within: budget) { reader in
            var timed = compiler
            timed.now = reader.now
            timed.objects = try command.key.objects(reader, of: account)
            var run = SearchRun(timed.compile(command.key, try reader.keywords()), in: id)
            try run.readRows(reader, view: view)
            return run
        }
        while !run.isOver {
            let current = run
            run = try await mailbox.door.read(within: budget) { reader in
                var next = current
                try next.readTexts(reader)
                return next
            }
        }
        return run.hits
    }

    /// RFC 5182 §2.4: with MIN or MAX alone only those are saved.
    private static func saved(_ hits: SearchHits, _ returns: SearchReturns) -> UIDSet {
        guard returns.isDisjoint(with: [.all, .count]), !returns.isDisjoint(with: [.min, .max]) else {
            return UIDSet(hits.uids)
        }
        let least = returns.contains(.min) ? hits.uids.first : nil
        let greatest = returns.contains(.max) ? hits.uids.last : nil
        return UIDSet([least, greatest].compactMap { $0 })
    }

    private func report(_ hits: SearchHits, _ command: SearchCommand, tag: String, of mailbox: SelectedMailbox) {
        let set = UIDSet(hits.uids)
        let ranges =
            command.uid
            ? set.ranges.map { $0.lowerBound.value...$0.upperBound.value }
            : mailbox.view.uids.numbers(of: set)
        let asksModSeq = command.key.asksModSeq
        if let returns = command.returns ?? (features.contains(.rev2) ? .all : nil) {
            guard returns != .save else { return }  // RFC 5182 §2.2: nothing to say
            let result = SearchResult(
                min: returns.contains(.min) ? ranges.first?.lowerBound : nil,
                max: returns.contains(.max) ? ranges.last?.upperBound : nil, all: returns.contains(.all) ? ranges : nil,
                count: returns.contains(.count) ? hits.uids.count : nil,
                modSeq: asksModSeq ? hits.modSeq(for: returns) : nil)
            send { $0.esearch(tag: tag, uid: command.uid, result) }
        } else {
            send { $0.search(ranges.lazy.flatMap { $0 }, modSeq: asksModSeq ? hits.highest : nil) }
        }
    }
}

extension SearchHits {
    /// RFC 7162 §3.1.5: of the messages the reply names.
    func modSeq(for returns: SearchReturns) -> ModSeq? {
        guard returns.isDisjoint(with: [.all, .count]) else { return highest }
        let least = returns.contains(.min) ? first : nil
        let greatest = returns.contains(.max) ? last : nil
        return [least, greatest].compactMap { $0 }.max()
    }
}

extension SearchKey {
    /// RFC 7162 §3.1.5: a MODSEQ criterion wants the highest one in the reply.
    var asksModSeq: Bool {
        switch self {
        case .modSeq: true
        case .and(let keys), .or(let keys): keys.contains(where: \.asksModSeq)
        case .not(let key): key.asksModSeq
        default: false
        }
    }
}
