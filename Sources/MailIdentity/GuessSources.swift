/// From where logins have failed lately, each place once, the latest last: to look up what stands against an account, since the
/// shared table knows digests alone. Pure; whoever fails from many places pushes the oldest out.
struct GuessSources: Sendable, Equatable {
    static let mostSources = 500

    private(set) var all: [String] = []

    mutating func note(_ source: String) {
        guard all.last != source else { return }
        if let place = all.firstIndex(of: source) { all.remove(at: place) }
        all.append(source)
        if all.count > Self.mostSources { all.removeFirst() }
    }
}
