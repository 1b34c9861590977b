import Glibc
package import MailNetwork
import Synchronization

/// Networks and addresses nobody is served at, each perhaps only for a time. A look costs one hash for each length there is.
package struct BlockList: Sendable, Equatable {
    private var ends: [AddressPrefix: Int64] = [:]
    private var lengths: Set<Int> = []

    /// `until` in seconds since 1970; nil = for ever.
    package init(_ blocks: [(prefix: AddressPrefix, until: Int64?)] = []) {
        for (prefix, until) in blocks {
            ends[prefix] = until ?? .max
            lengths.insert(prefix.length)
        }
    }

    package func blocks(_ address: IPAddress, at now: Int64) -> Bool {
        lengths.contains { length in
            (ends[AddressPrefix(around: address, length: length)] ?? .min) > now
        }
    }
}

/// The list in force: changed by whoever reads the directory, asked at each connection.
final class BlockGuard: Sendable {
    private let list = Mutex(BlockList())

    /// False when it is the one in force.
    func set(_ new: BlockList) -> Bool {
        list.withLock { list in
            defer { list = new }
            return list != new
        }
    }

    func blocks(_ address: IPAddress) -> Bool {
        list.withLock { $0.blocks(address, at: Int64(time(nil))) }
    }
}
