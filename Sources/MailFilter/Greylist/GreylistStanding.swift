/// What greylisting knows of a sender before it looks who has been here.
enum GreylistStanding: Sendable, Equatable {
    /// So long is waited for the sender's SPF policy; then the network counts.
    static let patience = Duration.seconds(5)

    /// Known as good, and it is he.
    case exempt
    case proven(domain: String)
    case unknown
}
