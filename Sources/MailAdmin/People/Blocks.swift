package import MailMessage
import MailNetwork
package import MailStore

extension Administration {
    package func blocks() async throws(AdminError) -> [BlockedPrefix] {
        try await reading { try $0.blockedPrefixes() }
    }

    /// Running workers refuse it within two seconds, and end what it has open.
    package func block(_ text: String, reason: String, until: EpochSeconds?) async throws(AdminError) -> (
        prefix: String, outcome: Outcome
    ) {
        let prefix = try Self.prefix(text)
        if let until, until <= clock() { throw .wrongData("the block would be over already") }
        let isNew = try await writing { try $0.block(prefix, reason: reason, until: until) }
        return (prefix, isNew ? .changed : .unchanged)
    }

    package func unblock(_ text: String) async throws(AdminError) -> (prefix: String, outcome: Outcome) {
        let prefix = try Self.prefix(text)
        return (prefix, try await writing { try $0.unblock(prefix) } ? .removed : .unchanged)
    }

    /// In one form, so that nothing stands there twice: an address alone without its length.
    private static func prefix(_ text: String) throws(AdminError) -> String {
        guard let prefix = AddressPrefix(text) else {
            throw .wrongData("\"\(text)\" is not an address such as 192.0.2.7 or a network such as 192.0.2.0/24")
        }
        guard prefix.length > 0 else { throw .wrongData("\(text) would block everybody") }
        return prefix.length == (prefix.address.family == .v4 ? 32 : 128)
            ? prefix.address.description : prefix.description
    }
}
