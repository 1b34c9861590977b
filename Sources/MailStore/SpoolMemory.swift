internal import Synchronization

/// What all spools of a process hold in memory together. Beyond the limit nobody is refused: they write to files sooner.
final class SpoolMemory: Sendable {
    let limit: Int
    private let used = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    var bytes: Int { used.load(ordering: .relaxed) }
    var isCrowded: Bool { bytes > limit }

    func take(_ count: Int) { used.wrappingAdd(count, ordering: .relaxed) }
    func give(_ count: Int) { used.wrappingSubtract(count, ordering: .relaxed) }
}
