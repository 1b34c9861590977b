import MailMessage
import MailStore
import MailTransport
import MailWire

/// SORT and UID SORT (RFC 5256 §3, RFC 5267 §3, RFC 5957).
extension IMAPSession {
    func sort(_ command: SortCommand, tag: String) async throws -> IMAPReply {
        let mailbox = try selected().mailbox
        let hits: SearchHits
        let order: [UID]
        do {
            let budget = try admit(command.search)
            hits = try await allHits(
                of: command.search, in: mailbox.place, budget,
                scored: command.criteria.contains { $0.key == .relevancy })
            order = try await sorted(hits, by: command.criteria, in: mailbox, budget)
        } catch {
            throw failure(error, of: command.search, in: mailbox)
        }
        let answer = SearchAnswer(command.search, hits, order: order)
        if let saved = answer.saved { mailbox.saved = saved }
        let view = mailbox.view.uids
        if let returns = command.search.returns {
            guard let result = answer.result(returns, view) else { return .ok("Sorted") }
            send { $0.esearch(tag: tag, uid: command.search.uid, result) }
        } else {
            let modSeq = command.search.key.asksModSeq ? hits.highest : nil
            let numbers = answer.numbers(of: order, view)
            connection.write(
                try await services.pool.run { [writer = writer()] in
                    var writer = writer
                    writer.sort(numbers, modSeq: modSeq)
                    return writer.bytes
                })
            try await connection.drain()
        }
        return .ok("Sorted")
    }

    private func sorted(
        _ hits: SearchHits, by criteria: [SortCriterion], in mailbox: SelectedMailbox, _ budget: TimeBudget
    ) async throws -> [UID] {
        let (id, set) = (mailbox.id, UIDSet(hits.uids))
        let table = try await mailbox.door.read(within: budget) { reader in
            var table = SortTable(criteria, scores: hits.scores)
            let envelopes = SortTable.needsEnvelopes(criteria)
            try reader.order(in: id, set, envelopes: envelopes, references: false) { table.add($0) }
            return table
        }
        return try await services.pool.run { table.sorted().compactMap { UID($0) } }
    }
}

extension SearchAnswer {
    func numbers(of uids: [UID], _ view: UIDRuns) -> [UInt32] { ranges(of: uids, view).flatMap { Array($0) } }
}
