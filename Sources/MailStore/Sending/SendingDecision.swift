/// What becomes of a message before it is accepted.
package enum SendingDecision: Sendable, Equatable {
    case send
    /// It is accepted and held in the queue until somebody releases or removes it.
    case hold(SendingExcess)
}

/// Which limit a message goes beyond.
package struct SendingExcess: Sendable, Equatable {
    package let limit: SendingLimit
    /// With this message.
    package let used: Int
    package let most: Int
    /// The first after a day of calm: now the user and the operator are told.
    package let beginsEpisode: Bool

    /// For the queue and the trail.
    package var reason: String { "\(Self.words) of \(most) \(limit.rawValue)" }
    package static let words = "over the limit"
}
