package import MailMessage
package import MailStore

/// What a request means for one account: pure, decided before anything is opened.
package struct AccountPurgePlan: Sendable, Equatable {
    package let cutoff: PurgeCutoff
    package let reclaims: Bool
    /// Why nothing is touched.
    package let protection: EffectiveRetention.Protection?
    /// Something would go before the time that is set for it.
    package let isEarly: Bool

    /// `madeAt`: when the account was. What seems to lie somewhere for longer says that a clock was wrong.
    package init(
        _ request: PurgeRequest, _ retention: EffectiveRetention, at now: EpochSeconds, madeAt: EpochSeconds = 0
    ) {
        protection = retention.protection(at: now)
        guard protection == nil else {
            (cutoff, isEarly) = (PurgeCutoff(), false)
            // What is restorable was removed by somebody: only a hold keeps it.
            reclaims = request.reclaims && protection != .held
            return
        }
        var (cutoff, isEarly) = (PurgeCutoff(), false)
        cutoff.sparesFlagged = request.sparesFlagged
        cutoff.notBefore = madeAt <= now ? madeAt : 0
        if request.expunges {
            let all = request.folders.isEmpty
            if all || request.folders.contains(.trash) {
                cutoff.trash = Self.moment(request, retention.trash.value, now, &isEarly)
            }
            // Unless Junk is named, only where somebody has given it a period.
            let hasPeriod = retention.junk.value != .never
            if request.folders.contains(.junk) || all && hasPeriod {
                cutoff.junk = Self.moment(request, retention.junk.value, now, &isEarly)
            }
            for name in request.named {
                guard let span = request.olderThan else { continue }
                cutoff.named.append(.init(mailbox: name, moment: now - span))
                isEarly = true
            }
        }
        (self.cutoff, self.isEarly) = (cutoff, isEarly)
        reclaims = request.reclaims
    }

    private static func moment(
        _ request: PurgeRequest, _ period: RetentionPeriod, _ now: EpochSeconds, _ isEarly: inout Bool
    ) -> EpochSeconds? {
        switch (request.olderThan, period) {
        case (let span?, .seconds(let set)):
            if span < set { isEarly = true }
            return now - span
        case (let span?, .never):
            isEarly = true
            return now - span
        case (nil, .seconds(let set)): return now - set
        case (nil, .never): return nil
        }
    }

    /// The account need not even be opened.
    var isNothing: Bool { cutoff.isEmpty && !reclaims }

    /// Whether the hints leave it open that something is due. Mailboxes by name have no hints.
    package func mayConcern(_ expiry: ExpiryHints, at now: EpochSeconds) -> Bool {
        func isDue(_ since: EpochSeconds?, _ moment: EpochSeconds?) -> Bool {
            guard let since, let moment else { return false }
            return since <= moment
        }
        return isDue(expiry.trashedSince, cutoff.trash) || isDue(expiry.junkedSince, cutoff.junk)
            || reclaims && isDue(expiry.reclaimFrom, now) || !cutoff.named.isEmpty
    }
}

extension PurgeRequest {
    /// What to ask the hints for, so that nobody is missed.
    package func horizon(shortest: (trash: Int64?, junk: Int64?), at now: EpochSeconds) -> PurgeHorizon {
        var horizon = PurgeHorizon()
        horizon.isEveryone = opensEveryone
        if expunges {
            horizon.trash = (olderThan ?? shortest.trash).map { now - $0 }
            horizon.junk = (olderThan ?? shortest.junk).map { now - $0 }
        }
        if reclaims { horizon.reclaim = now }
        return horizon
    }
}
