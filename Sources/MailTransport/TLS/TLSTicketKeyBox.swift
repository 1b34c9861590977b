import COpenSSL
import MailCrypto
import Synchronization

/// The ticket keys of now, for all contexts of a server. OpenSSL asks at each ticket, so that a rotation needs no new context.
final class TLSTicketKeyBox: Sendable {
    private enum Verdict {
        static let failed: Int32 = -1
        static let unknownKey: Int32 = 0
        static let good: Int32 = 1
        /// Good, and the client gets a new one.
        static let goodButRenew: Int32 = 2
    }

    private let keys: Mutex<[TLSTicketKey]>

    init(_ keys: TLSTicketKeys) { self.keys = Mutex(keys.keys) }

    func rotate(to keys: TLSTicketKeys) { self.keys.withLock { $0 = keys.keys } }

    /// The context must not outlive the box.
    func serve(_ context: OpaquePointer) -> Bool {
        SSL_CTX_set_ex_data(context, Self.place, Unmanaged.passUnretained(self).toOpaque()) == 1
            && SSL_CTX_set_tlsext_ticket_key_evp_cb(context, Self.answer) == 1
    }

    /// OpenSSL reserves it for the application.
    private static let place: Int32 = 0
    private static let nameLength = 16
    private static let vectorLength = 16

    private static let answer:
        @convention(c) (
            OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt8>?, OpaquePointer?, OpaquePointer?,
            Int32
        ) -> Int32 = { ssl, name, vector, cipher, mac, isNew in
            guard let ssl, let name, let vector, let box = box(of: ssl) else { return Verdict.failed }
            let names = UnsafeMutableBufferPointer(start: name, count: nameLength)
            let vectors = UnsafeMutableBufferPointer(start: vector, count: vectorLength)
            return isNew == 1
                ? box.seal(names, vectors, cipher, mac) : box.open(Array(names), vectors, cipher, mac, ssl)
        }

    private static func box(of ssl: OpaquePointer) -> TLSTicketKeyBox? {
        SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), place).map {
            Unmanaged<TLSTicketKeyBox>.fromOpaque($0).takeUnretainedValue()
        }
    }

    private func seal(
        _ name: UnsafeMutableBufferPointer<UInt8>, _ vector: UnsafeMutableBufferPointer<UInt8>,
        _ cipher: OpaquePointer?, _ mac: OpaquePointer?
    ) -> Int32 {
        guard let key = keys.withLock({ $0.first }) else { return Verdict.failed }
        _ = name.update(fromContentsOf: key.name)
        _ = vector.update(fromContentsOf: randomBytes(Self.vectorLength))
        guard EVP_EncryptInit_ex(cipher, EVP_aes_256_cbc(), nil, key.cipher, vector.baseAddress) == 1,
            openssl_ticket_mac(mac, key.mac, key.mac.count) == 1
        else { return Verdict.failed }
        return Verdict.good
    }

    private func open(
        _ name: [UInt8], _ vector: UnsafeMutableBufferPointer<UInt8>, _ cipher: OpaquePointer?, _ mac: OpaquePointer?,
        _ ssl: OpaquePointer
    ) -> Int32 {
        let (found, isCurrent) = keys.withLock { keys in
            (keys.first { $0.name == name }, keys.first?.name == name)
        }
        guard let key = found else { return Verdict.unknownKey }
        guard EVP_DecryptInit_ex(cipher, EVP_aes_256_cbc(), nil, key.cipher, vector.baseAddress) == 1,
            openssl_ticket_mac(mac, key.mac, key.mac.count) == 1
        else { return Verdict.failed }
        // A ticket of TLS 1.3 is used once (RFC 8446 appendix C.4).
        return isCurrent && SSL_version(ssl) < TLS1_3_VERSION ? Verdict.good : Verdict.goodButRenew
    }
}
