import MailMessage
import MailWire

/// What RETURN makes of a result (RFC 4731 §3.1, RFC 5267 §3.1, RFC 9394 §3): pure, in mailbox order or sorted.
struct SearchAnswer: Sendable {
    private let command: SearchCommand
    private let hits: SearchHits
    private let order: [UID]

    /// `order` has the UIDs of `hits` as the client wants them.
    init(_ command: SearchCommand, _ hits: SearchHits, order: [UID]) {
        self.command = command
        self.hits = hits
        self.order = order
    }

    /// Nil when there is nothing to say (RFC 5182 §2.2).
    func result(_ returns: SearchReturns, _ view: UIDRuns) -> SearchResult? {
        guard returns.subtracting([.update, .context]) != .save else { return nil }
        let least = returns.contains(.min) ? order.prefix(1) : []
        let greatest = returns.contains(.max) ? order.suffix(1) : []
        return SearchResult(
            min: ranges(of: Array(least), view).first?.lowerBound,
            max: ranges(of: Array(greatest), view).first?.lowerBound,
            all: returns.contains(.all) ? ranges(of: order, view) : nil,
            count: returns.contains(.count) ? order.count : nil,
            partial: command.partial.map { PartialResult(range: $0, found: ranges(of: page, view)) },
            modSeq: command.key.asksModSeq ? modSeq(of: returns) : nil,
            relevancy: returns.contains(.relevancy) ? scores : nil)
    }

    /// Of the page when there is one, else of all (RFC 6203 §4).
    private var scores: [Int] {
        (command.partial == nil ? order : page).map { hits.score(of: $0) }
    }

    /// What `$` becomes; nil when it stays. RFC 5182 §2.4 and RFC 9394 §3.2: without ALL and COUNT only what is named.
    var saved: UIDSet? {
        guard let returns = command.returns, returns.contains(.save) else { return nil }
        return named(returns).map { UIDSet($0) } ?? UIDSet(order)
    }

    /// UIDs or places, as the client spoke; ranges where the order is that of numbers (RFC 5267 §3.2).
    func ranges(of uids: [UID], _ view: UIDRuns) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for uid in uids {
            guard let number = command.uid ? uid.value : view.number(of: uid)?.value else { continue }
            if let last = result.last, last.upperBound < .max, last.upperBound + 1 == number {
                result[result.count - 1] = last.lowerBound...number
            } else {
                result.append(number...number)
            }
        }
        return result
    }

    private var page: [UID] { command.partial.map { Array(order[$0.indices(of: order.count)]) } ?? [] }

    /// Nil when the reply speaks of all messages.
    private func named(_ returns: SearchReturns) -> [UID]? {
        guard returns.isDisjoint(with: [.all, .count]), !returns.isDisjoint(with: [.min, .max, .partial]) else {
            return nil
        }
        let least = returns.contains(.min) ? order.prefix(1) : []
        let greatest = returns.contains(.max) ? order.suffix(1) : []
        return page + least + greatest
    }

    /// RFC 7162 §3.1.5: of the messages the reply names.
    private func modSeq(of returns: SearchReturns) -> ModSeq? {
        named(returns).map { hits.highest(of: $0) } ?? hits.highest
    }
}
