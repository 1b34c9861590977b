import MailNetwork
import MailStore
import MailTransport

/// Takes the blocked addresses from the directory to the ports.
struct BlockWatch: Sendable {
    let directory: Directory
    let listeners: Listeners

    /// False when the directory could not be read: then what was in force stays.
    func refresh() async -> Bool {
        guard let blocks = try? await directory.read({ try $0.blockedPrefixes() }) else { return false }
        listeners.block(
            BlockList(blocks.compactMap { block in AddressPrefix(block.prefix).map { ($0, block.until) } }))
        return true
    }
}
