import Glibc
package import MailCrypto
import Synchronization

/// The keys that sign now, for a process that signs much: read once, and again when the files have changed.
package final class DKIMKeyring: Sendable {
    package struct Key: Sendable {
        package let domain: String
        package let selector: String
        package let key: SigningKey
    }

    /// Which state of a file was read.
    private struct Stamp: Equatable {
        let inode: ino_t
        let seconds: Int
        let nanoseconds: Int
        let size: off_t
    }

    private struct Known {
        let stamp: Stamp
        let keys: [Key]
    }

    private static let mostDomains = 2_000
    /// Labels that a domain may have below the one with the keys.
    private static let deepest = 10

    private let folder: DKIMKeyFolder
    private let known = Mutex<[String: Known]>([:])

    package init(store: String) { folder = DKIMKeyFolder(store: store) }

    /// The active keys of the domain, else of the nearest one above it that has any: what lies below aligns with it (RFC 7489 §3.1.1).
    /// `domain`: A-labels in lower case. A key that cannot be read signs nothing.
    package func keys(for domain: String) -> [Key] {
        var rest = domain[...]
        for _ in 0..<Self.deepest {
            let found = ownKeys(of: String(rest))
            if !found.isEmpty { return found }
            guard let dot = rest.firstIndex(of: ".") else { return [] }
            rest = rest[rest.index(after: dot)...]
        }
        return []
    }

    private func ownKeys(of domain: String) -> [Key] {
        guard let path = folder.tablePath(of: domain), let stamp = Self.stamp(of: path) else { return [] }
        if let entry = known.withLock({ $0[domain] }), entry.stamp == stamp { return entry.keys }
        let entries = (try? folder.entries(of: domain)) ?? []
        let keys = entries.filter { $0.state == .active }.compactMap { entry in
            (try? folder.key(entry.selector, of: domain)).map {
                Key(domain: domain, selector: entry.selector, key: $0)
            }
        }
        known.withLock { all in
            if all.count >= Self.mostDomains { all.removeAll() }
            all[domain] = Known(stamp: stamp, keys: keys)
        }
        return keys
    }

    private static func stamp(of path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Stamp(
            inode: status.st_ino, seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
            size: status.st_size)
    }
}
