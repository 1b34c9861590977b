import MailShared
import NIOCore

extension Connection {
    /// After the positive reply has been written: sends it, then TLS from the next octet, until the handshake is done.
    package func startTLS(_ context: TLSServerContext) async throws(ConnectionError) {
        try await startTLS { () throws(TLSError) in try TLSHandler(server: context) }
    }

    /// The client's half, after the server's positive reply.
    package func startTLS(_ context: TLSClientContext, serverName: String?)
        async throws(ConnectionError)
    {
        try await startTLS { () throws(TLSError) in
            try TLSHandler(client: context, serverName: serverName)
        }
    }

    /// The client's half with a host whose certificate must pass `check`.
    package func startTLS(
        _ context: TLSClientContext, host: String, check: PeerCheck
    ) async throws(ConnectionError) {
        try await startTLS { () throws(TLSError) in
            try TLSHandler(client: context, host: host, check: check)
        }
    }

    private func startTLS(_ make: () throws(TLSError) -> TLSHandler) async throws(ConnectionError) {
        resources.loop.preconditionInEventLoop()
        guard input.isEmpty else {
            input.removeAll()
            state.readFailed = true
            acceptor?.setupFailed(self, .tls("plaintext behind STARTTLS"))
            throw .plaintextAfterSTARTTLS
        }
        flush()
        guard let channel = way.context?.channel, state.ending == nil else { throw failure }
        if state.isInMemory {
            encryption = .pretended(.pretended)
            return
        }
        do {
            let handler = try make()
            encryption = .openSSL(handler)
            state.handshakeBegan = Stopwatch()
            state.woken = false
            try channel.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            throw .tls("\(error)")
        }
        let acceptor = acceptor  // a connection that closes has none when this goes on
        do {
            try await handshakeEnd()
        } catch {
            // A client may go as soon as TLS is on: then nothing has failed.
            if state.handshakeBegan != nil { acceptor?.setupFailed(self, error) }
            throw error
        }
    }

    private func handshakeEnd() async throws(ConnectionError) {
        let until = resources.wheel.tick(after: .seconds(Int64(clamping: state.handshakeSeconds)))
        while case .openSSL(let handler) = encryption, handler.state == .handshaking,
            state.ending == nil
        {
            try await wait(until: until, park)
            state.woken = false
        }
        guard state.ending == nil else { throw failure }
    }

    private var failure: ConnectionError {
        if case .failed(let error) = state.ending { error } else { .closed }
    }
}

extension TLSInfo {
    /// Of connections in memory.
    package static let pretended = TLSInfo(
        version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", bits: 256)
}
