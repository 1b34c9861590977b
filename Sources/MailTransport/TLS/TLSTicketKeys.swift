import MailCrypto

/// The keys of session tickets, shared by everything that shall resume one another's sessions: services, workers, generations.
package struct TLSTicketKeys: Sendable, Equatable {
    package static let length = 80  // OpenSSL's: name 16, HMAC-SHA-256 32, AES-256 32
    package let bytes: [UInt8]

    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    package static func random() -> TLSTicketKeys { TLSTicketKeys(unchecked: randomBytes(length)) }
    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}
