import MailMessage
import MailShared
import MailStore
import MailWire

/// SEARCH and UID SEARCH (RFC 9051 §6.4.4; RFC 4731, RFC 5182, RFC 7162 §3.1.5, RFC 9394).
extension IMAPSession {
    func search(_ command: SearchCommand, tag: String) async throws -> IMAPReply {
        let mailbox = try selected().mailbox
        try checkContext(command, tag: tag, in: mailbox)
        let hits: SearchHits
        do { hits = try await self.hits(of: command, in: mailbox.place, try admit(command), isAll: true) } catch {
            throw failure(error, of: command, in: mailbox)
        }
        let answer = SearchAnswer(command, hits, order: hits.uids)
        if let saved = answer.saved { mailbox.saved = saved }
        if let returns = command.returns ?? (features.contains(.rev2) ? .all : nil) {
            if let result = answer.result(returns, mailbox.view.uids) {
                send { $0.esearch(tag: tag, uid: command.uid, result) }
            }
        } else {
            let ranges = answer.ranges(of: hits.uids, mailbox.view.uids)
            send { $0.search(ranges.flatMap { $0 }, modSeq: command.key.asksModSeq ? hits.highest : nil) }
        }
        follow(command, tag: tag, hits, in: mailbox)
        return reply(.ok("That is all"), leavingOut: hits.cut)
    }

    /// What SEARCH, SORT and THREAD ask first; returns the time they have.
    func admit(_ command: SearchCommand) throws -> TimeBudget {
        if let charset = command.charset, !Charset.isKnown(charset) {
            throw IMAPFailure.no("This charset is not known", code: .badCharset(["UTF-8", "US-ASCII"]))
        }
        // RFC 9755 §3; SORT and THREAD always name one, and UTF-8 is no lie.
        let isUTF8 = ["UTF-8", "US-ASCII", nil].contains(command.charset?.uppercased())
        guard isUTF8 || !features.contains(.utf8) else {
            throw IMAPFailure.bad("After ENABLE UTF8=ACCEPT texts are UTF-8")
        }
        if command.key.asksModSeq { features.insert(.condstore) }
        return TimeBudget(seconds: services.settings.limits.searchSeconds)
    }

    /// RFC 5182 §2.1: a failure saves nothing.
    func failure(_ error: any Error, of command: SearchCommand, in mailbox: SelectedMailbox) -> any Error {
        if command.returns?.contains(.save) ?? false { mailbox.saved = UIDSet() }
        return error
    }

    /// Of the whole mailbox, or `among` some of its messages. `isAll`: it is all that its command does.
    func hits(
        of command: SearchCommand, in place: SearchPlace, _ budget: TimeBudget, isAll: Bool = false,
        among: UIDSet? = nil, scored: Bool = false
    ) async throws -> SearchHits {
        var (run, cut) = try await rows(for: command, in: place, budget, among: among)
        let trips = SearchTrips(door: place.door, budget: budget)
        if let sweep = run.sweep { run = SearchRun(try await trips.through(sweep)) }
        if run.wantsEnvelopes { run = try await trips.throughEnvelopes(of: run) }
        if !run.isOver {
            run = try await trips.throughTexts(of: run) { progress in
                if isAll { try await self.progressed(to: progress.done, of: progress.goal) }
            }
        }
        var hits = run.hits
        let wantsScores = scored || command.returns?.contains(.relevancy) ?? false
        if wantsScores { hits.scores = try await trips.scores(of: run.relevancy) }
        hits.cut = cut
        return hits
    }

    /// For what needs all that is found (RFC 9738 §3.3).
    func allHits(
        of command: SearchCommand, in place: SearchPlace, _ budget: TimeBudget, isAll: Bool = false,
        scored: Bool = false
    ) async throws -> SearchHits {
        let hits = try await hits(of: command, in: place, budget, isAll: isAll, scored: scored)
        guard hits.cut == nil else { throw fewer(services.settings.handledLimit ?? 0) }
        return hits
    }

    /// What the rows decide, of the messages that an index leaves.
    private func rows(
        for command: SearchCommand, in place: SearchPlace, _ budget: TimeBudget, among: UIDSet?
    ) async throws -> (SearchRun, cut: ResponseCode?) {
        let compiler = SearchCompiler(
            view: place.view, saved: place.saved, recent: place.recent, charset: command.charset)
        let (id, account, view) = (place.door.id, place.door.account.id, place.view.uids)
        var bounds = among
        if among == nil { bounds = try await candidates(for: compiler.indexQuery(command.key), in: place, budget) }
        let limit = among == nil ? services.settings.handledLimit : nil
        return try await place.door.read(within: budget) { [bounds] reader in
            var timed = compiler
            timed.now = reader.now
            timed.objects = try command.key.objects(reader, of: account)
            var test = timed.compile(command.key, try reader.keywords())
            if let bounds { test = .and([.uids(bounds), test]) }
            let cut = limit.flatMap { test.cut(to: $0, of: view) }
            return (SearchRun(try SearchRows(test, in: id, reader, view: view)), cut)
        }
    }

    /// Outside of these nothing is found; nil without an index.
    private func candidates(
        for query: IndexQuery?, in place: SearchPlace, _ budget: TimeBudget
    ) async throws -> UIDSet? {
        guard let query else { return nil }
        return try await place.door.account.candidates(query, in: place.door.id, within: budget)
    }
}

/// A mailbox to search in, and what a client means by numbers, `$` and \Recent there.
struct SearchPlace: Sendable {
    let door: MailboxDoor
    let view: MailboxView
    let saved: UIDSet
    let recent: UIDSet
}

extension SelectedMailbox {
    var place: SearchPlace { SearchPlace(door: door, view: view, saved: saved, recent: recent) }
}

extension SearchKey {
    /// RFC 7162 §3.1.5: a MODSEQ criterion wants the highest one in the reply.
    var asksModSeq: Bool {
        switch self {
        case .modSeq: true
        case .and(let keys), .or(let keys): keys.contains(where: \.asksModSeq)
        case .not(let key), .fuzzy(let key): key.asksModSeq
        default: false
        }
    }
}
