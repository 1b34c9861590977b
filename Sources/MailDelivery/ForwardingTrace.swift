internal import MailMessage
package import MailStore

/// The accounts that have sent a message on: each puts a Delivered-To field with its address on top as the message leaves.
package enum ForwardingTrace {
    package static let fieldName = "Delivered-To"
    /// So much of a message is searched for them.
    static let headerBytes = 64 << 10

    package static func field(of account: AccountEntry) -> [UInt8] {
        let address = AddressKey(account.address).text
        // How the message goes is decided already, maybe in ASCII; Received fields end its circle too.
        return address.utf8.allSatisfy { $0 < 0x80 } ? Array("\(fieldName): \(address)\r\n".utf8) : []
    }

    /// A header that cannot be read names nobody: Received fields end the circle later.
    static func addresses(in message: StorableMessage, _ store: MailStore) async -> Set<AddressKey> {
        guard let reader = try? await store.open(message.body),
            let start = try? await reader.read(at: 0, count: headerBytes)
        else { return [] }
        return Set(
            Header(start).all(fieldName).compactMap { field in
                EmailAddress(field.unfolded.filter { $0 != 0x20 && $0 != 0x09 }).map(AddressKey.init)
            })
    }
}
