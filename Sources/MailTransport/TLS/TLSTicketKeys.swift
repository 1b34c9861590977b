import MailCrypto

/// The keys of session tickets, shared by everything that shall resume one another's sessions: services, workers, generations.
///
/// New tickets are made under the first key; those of the key before it are still taken. Who makes the keys rotates them
/// (`tls.ticket_rotation`, a day), so a ticket is good for one to two such times, and a key that is stolen opens no recorded
/// TLS 1.2 session older than that.
package struct TLSTicketKeys: Sendable, Equatable {
    /// One key: name 16, HMAC-SHA-256 32, AES-256 32.
    package static let length = 80
    /// The current one and the one before it.
    package static let mostKeys = 2

    /// All keys one after the other, the current one first.
    package let bytes: [UInt8]

    /// One key or more; nil for bytes that are no whole keys or too many.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count.isMultiple(of: Self.length), (1...Self.mostKeys).contains(bytes.count / Self.length) else {
            return nil
        }
        self.bytes = bytes
    }

    package static func random() -> TLSTicketKeys { TLSTicketKeys(unchecked: randomBytes(length)) }

    /// A fresh key before the present ones; the oldest is forgotten.
    package func rotated() -> TLSTicketKeys {
        TLSTicketKeys(unchecked: Array((randomBytes(Self.length) + bytes).prefix(Self.mostKeys * Self.length)))
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// The current key first.
    var keys: [TLSTicketKey] {
        stride(from: 0, to: bytes.count, by: Self.length).map { start in
            let key = bytes[start...].prefix(Self.length)
            return TLSTicketKey(
                name: Array(key.prefix(16)), mac: Array(key.dropFirst(16).prefix(32)), cipher: Array(key.suffix(32)))
        }
    }
}

/// RFC 5077 §4: a name by which the server finds the key again, and its two halves.
struct TLSTicketKey: Sendable, Equatable {
    let name: [UInt8]
    let mac: [UInt8]
    let cipher: [UInt8]
}
