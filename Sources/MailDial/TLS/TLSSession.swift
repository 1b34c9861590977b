internal import COpenSSL

/// One encrypted session over a socket: OpenSSL between two memories, so that every byte and every wait is ours.
package final class TLSSession {
    private static let blockSize: Int32 = 16_384

    private let socket: Socket
    private let ssl: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    /// OpenSSL keeps its address as long as the session lives.
    private let faults = ChainFaults()
    private var hasHeard = false
    package private(set) var facts = TLSFacts()

    init(_ offer: TLSOffer, over socket: Socket, by deadline: Deadline) throws(HandshakeFailure) {
        ERR_clear_error()
        guard let ssl = SSL_new(offer.trust.pointer), let incoming = BIO_new(BIO_s_mem()),
            let outgoing = BIO_new(BIO_s_mem())
        else { throw .refused(OpenSSLErrors.first) }
        (self.socket, self.ssl, self.incoming, self.outgoing) = (socket, ssl, incoming, outgoing)
        SSL_set_bio(ssl, incoming, outgoing)
        SSL_set_connect_state(ssl)
        openssl_ask_staple(ssl)
        if let name = offer.serverName { _ = openssl_set_server_name(ssl, name) }
        if let highest = offer.highestVersion { _ = openssl_limit_version(ssl, Int32(highest.number)) }
        if let session = offer.session { SSL_set_session(ssl, session.pointer) }
        faults.collect(ssl)
        try handshake(by: deadline)
        facts = TLSFacts(ssl, faults.all, expecting: offer.expectedName)
    }

    deinit {
        // As if it had ended in order: else OpenSSL forbids a ticket that was taken from it.
        SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        SSL_free(ssl)
    }

    private func handshake(by deadline: Deadline) throws(HandshakeFailure) {
        while true {
            let result = SSL_do_handshake(ssl)
            let reason = SSL_get_error(ssl, result)
            do {
                try flush(by: deadline)
                if result == 1 { return }
                guard reason == SSL_ERROR_WANT_READ else { throw HandshakeFailure.refused(OpenSSLErrors.first) }
                try hear(by: deadline)
            } catch let failure as HandshakeFailure {
                throw failure
            } catch let failure as DialFailure {
                throw hasHeard && failure == .timedOut ? .stalled : .lost(failure)
            } catch {
                throw .refused("\(error)")
            }
        }
    }

    /// The next bytes from the socket go to OpenSSL; the very first ones tell whether TLS is spoken at all.
    private func hear(by deadline: Deadline) throws {
        let bytes = try socket.read(by: deadline)
        if !hasHeard, let first = bytes.first, !TLSRecord.begins(with: first) {
            throw HandshakeFailure.plaintext(bytes)
        }
        hasHeard = true
        feed(bytes)
    }

    private func feed(_ bytes: [UInt8]) { BIO_write(incoming, bytes, Int32(clamping: bytes.count)) }

    /// At least one byte.
    func read(by deadline: Deadline) throws(DialFailure) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: Int(Self.blockSize))
        while true {
            ERR_clear_error()
            let count = SSL_read(ssl, &block, Self.blockSize)
            if count > 0 { return Array(block.prefix(Int(count))) }
            let reason = SSL_get_error(ssl, count)
            try flush(by: deadline)
            switch reason {
            case SSL_ERROR_WANT_READ: feed(try socket.read(by: deadline))
            case SSL_ERROR_ZERO_RETURN: throw .closed
            default: throw .reset
            }
        }
    }

    func write(_ bytes: [UInt8], by deadline: Deadline) throws(DialFailure) {
        guard !bytes.isEmpty else { return }
        ERR_clear_error()
        guard SSL_write(ssl, bytes, Int32(clamping: bytes.count)) > 0 else { throw .reset }
        try flush(by: deadline)
    }

    private func flush(by deadline: Deadline) throws(DialFailure) {
        var block = [UInt8](repeating: 0, count: Int(Self.blockSize))
        while true {
            let count = BIO_read(outgoing, &block, Self.blockSize)
            guard count > 0 else { return }
            try socket.write(Array(block.prefix(Int(count))), by: deadline)
        }
    }

    /// What can be resumed on another connection; TLS 1.3 sends it after the handshake, so ask after something was read.
    package var ticket: TLSTicket? {
        guard let session = SSL_get1_session(ssl) else { return nil }
        let ticket = TLSTicket(session)
        return SSL_SESSION_is_resumable(session) == 1 ? ticket : nil
    }
}

/// Everything that OpenSSL finds wrong with a chain, as it goes on past each fault.
private final class ChainFaults {
    private let verdict: UnsafeMutablePointer<openssl_verdict>

    init() {
        verdict = .allocate(capacity: 1)
        verdict.initialize(to: openssl_verdict())
    }

    deinit { verdict.deallocate() }

    func collect(_ ssl: OpaquePointer) { openssl_collect_faults(ssl, verdict) }

    var all: [ChainFault] {
        let count = min(16, max(0, Int(verdict.pointee.count)))
        return withUnsafeBytes(of: verdict.pointee.codes) { codes in
            let codes = Array(codes.bindMemory(to: Int32.self).prefix(count))
            return codes.map(ChainFault.init(code:))
        }
    }
}
