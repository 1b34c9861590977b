internal import MailMessage

/// The file of an index: `search-<n>.db` beside the account's database. One that is given up never comes back under its
/// name, so that whoever still has it open, in whatever process, spoils nothing.
struct IndexFile: Sendable {
    private static let prefix = "search-"
    private static let suffix = ".db"
    let folder: AccountFolder

    /// The one in use; nil when there is none.
    var current: Int? { generations.max() }

    var size: Int64 {
        guard let current else { return 0 }
        return ["", "-wal"].reduce(0) { $0 + (StoreFolder.size(of: path(current) + $1) ?? 0) }
    }

    /// Gives up what has been there until now, and begins a new one unless somebody else has.
    func drop(upTo generation: Int) {
        let known = generations
        guard let last = known.max() else { return }
        if last <= generation, last < .max { _ = try? FileHandle.create(path(last + 1)) }
        for old in known where old <= generation { StoreFolder.remove(path(old)) }
    }

    func path(_ generation: Int) -> String { "\(folder.path)/\(Self.prefix)\(generation)\(Self.suffix)" }

    private var generations: [Int] {
        StoreFolder.entries(of: folder.path).compactMap { name in
            guard name.hasPrefix(Self.prefix), name.hasSuffix(Self.suffix) else { return nil }
            return Int(name.dropFirst(Self.prefix.count).dropLast(Self.suffix.count)).flatMap { $0 > 0 ? $0 : nil }
        }
    }
}
