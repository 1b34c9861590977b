internal import MailMessage
internal import Synchronization

enum DirectoryQuestion: Hashable, Sendable {
    case login(String)
    case address(AddressKey)
    case id(AccountID)
    case mail(AddressKey)
    case postmaster
    case domain(MailDomain)
    case shares(AccountID)
    case sendAs(AccountID, owner: AccountID)
    case forwardsOutside(AccountID)
}

enum DirectoryAnswer: Sendable {
    case account(AccountEntry?)
    case mail(Resolution)
    case yes(Bool)
    case shares(SharedAccess)

    var account: AccountEntry? { if case .account(let entry) = self { entry } else { nil } }
    var resolution: Resolution { if case .mail(let resolution) = self { resolution } else { .unknown } }
    var shares: SharedAccess? { if case .shares(let access) = self { access } else { nil } }
    var isYes: Bool { if case .yes(let answer) = self { answer } else { false } }

    var isWorthKeeping: Bool {
        switch self {
        case .account(let entry): entry != nil
        case .mail(.accounts(let entries)): entries.count <= DirectoryCache.largestAnswer
        case .mail: false
        case .yes(let isYes): isYes
        case .shares(let access): access.owners.count <= DirectoryCache.largestAnswer
        }
    }

    /// The moment at which time alone makes the answer wrong: a dated account or a temporary limit ends.
    var validUntil: EpochSeconds {
        switch self {
        case .account(let entry): entry?.changesAt ?? .max
        case .mail(.accounts(let entries)): entries.map(\.changesAt).min() ?? .max
        case .mail, .yes, .shares: .max
        }
    }
}

extension AccountEntry {
    fileprivate var changesAt: EpochSeconds {
        min(status == .suspended ? .max : expiresAt ?? .max, quota.until ?? .max)
    }
}

/// Answers as of one generation of the directory. Bounded; all of it goes when the generation moves.
///
/// Only found accounts are kept: what strangers ask in vain must not push out what users need.
final class DirectoryCache: Sendable {
    /// How long an answer is believed before the generation is read again: half of the 2 seconds promised.
    static let patience = Duration.seconds(1)
    static let limit = 20_000
    /// Addresses that reach more accounts are asked for each time: with a tag one alias has endless spellings.
    static let largestAnswer = 16

    enum Finding: Sendable {
        case hit(DirectoryAnswer)
        case miss
        /// Known, but the directory has to be asked first whether it has changed.
        case stale
    }

    private struct State {
        var generation: Int64 = 0
        var checkedAt: ContinuousClock.Instant?
        var answers: [DirectoryQuestion: (answer: DirectoryAnswer, validUntil: EpochSeconds)] = [:]
    }

    private let state = Mutex(State())

    func lookUp(_ question: DirectoryQuestion, now: EpochSeconds) -> Finding {
        state.withLock { state in
            guard let known = state.answers[question], now < known.validUntil else { return .miss }
            guard let checkedAt = state.checkedAt, checkedAt.duration(to: .now) < Self.patience else { return .stale }
            return .hit(known.answer)
        }
    }

    /// What the database says the generation is now.
    func confirm(generation: Int64) {
        state.withLock { state in
            guard generation >= state.generation else { return }
            if generation != state.generation { state.answers.removeAll() }
            state.generation = generation
            state.checkedAt = .now
        }
    }

    func keep(_ answer: DirectoryAnswer, to question: DirectoryQuestion, generation: Int64) {
        confirm(generation: generation)
        guard answer.isWorthKeeping else { return }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.answers.count >= Self.limit {
                for known in Array(state.answers.keys.prefix(Self.limit / 2)) { state.answers[known] = nil }
            }
            state.answers[question] = (answer, answer.validUntil)
        }
    }

    var count: Int { state.withLock { $0.answers.count } }

    /// After a change of our own.
    func forgetAll(generation: Int64) { confirm(generation: generation) }
}
