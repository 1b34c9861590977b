package import MailMessage
package import MailStore

/// Something an account is told about its limit, once until it is no longer so.
package enum QuotaNoticeKind: Hashable, Sendable {
    /// So many hundredths of the limit are used.
    case threshold(Int64)
    /// A dated limit lapses soon, and more is used than what holds then.
    case lapse

    package var stored: String {
        switch self {
        case .threshold(let percent): "used \(percent)"
        case .lapse: "lapse"
        }
    }
}

/// When notices are due. Pure.
package struct QuotaNoticePlan: Sendable {
    package static let standardThresholds: [Int64] = [80, 95, 100]
    /// Use must fall so many hundredths below a threshold before crossing it is news again.
    static let hysteresis: Int64 = 5
    static let lapseWarningSeconds: Int64 = 7 * 86_400

    package let thresholds: [Int64]

    package init(thresholds: [Int64] = standardThresholds) { self.thresholds = thresholds.sorted() }

    /// What one account's figures come to.
    package struct Step: Sendable, Equatable {
        /// The one that is sent; lower thresholds crossed at once are only noted.
        package var notice: QuotaNoticeKind?
        /// Whatever the notice is about, it says so.
        package var isLapsing = false
        package var note: Set<String> = []
        package var forget: Set<String> = []

        package var isNothing: Bool { note.isEmpty && forget.isEmpty }
    }

    package func step(_ facts: AccountUsageFacts, sent: Set<String>, now: EpochSeconds) -> Step {
        var step = Step()
        for threshold in thresholds {
            let kind = QuotaNoticeKind.threshold(threshold)
            if facts.limit != nil, facts.percent >= threshold {
                guard !sent.contains(kind.stored) else { continue }
                step.note.insert(kind.stored)
                step.notice = kind
            } else if facts.percent < threshold - Self.hysteresis, sent.contains(kind.stored) {
                step.forget.insert(kind.stored)
            }
        }
        let lapse = QuotaNoticeKind.lapse.stored
        step.isLapsing = lapses(facts, now)
        if step.isLapsing {
            guard !sent.contains(lapse) else { return step }
            step.note.insert(lapse)
            if step.notice == nil { step.notice = .lapse }
        } else if sent.contains(lapse) {
            step.forget.insert(lapse)
        }
        return step
    }

    private func lapses(_ facts: AccountUsageFacts, _ now: EpochSeconds) -> Bool {
        guard let until = facts.until, let then = facts.limitAfterwards else { return false }
        return facts.bytesUsed > then && (facts.isGrace || until - now <= Self.lapseWarningSeconds)
    }
}

/// One notice about to be sent, or sent.
package struct QuotaNotice: Sendable {
    package let entry: AccountEntry
    package let kind: QuotaNoticeKind
    /// A dated limit lapses soon.
    package let isLapsing: Bool
    /// `en` or `sv`.
    package let language: NoticeLanguage
    package let contact: String?
    package let weight: AccountWeight
}

package enum NoticeLanguage: String, CaseIterable, Sendable { case en, sv }
