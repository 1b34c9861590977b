/// What a server answers to a `ClientHello`.
package enum ServerAnswer: Sendable, Equatable {
    case hello(TLSVersion, cipher: UInt16)
    case alert(String)
    /// Its first bytes are not TLS.
    case plaintext([UInt8])
    case silent
    /// It ended, or cut the connection, without a word.
    case closed

    /// It speaks TLS, whatever it thinks of this hello.
    package var isTLS: Bool {
        switch self {
        case .hello, .alert: true
        case .plaintext, .silent, .closed: false
        }
    }

    /// nil: more bytes are needed.
    init?(_ bytes: [UInt8]) {
        guard let kind = bytes.first else { return nil }
        guard TLSRecord.begins(with: kind) else {
            self = .plaintext(bytes)
            return
        }
        let fragment = bytes.dropFirst(5)
        if kind == TLSRecord.alert {
            guard let code = fragment.dropFirst().first else { return nil }
            self = .alert(TLSAlert.name(code))
        } else {
            guard let hello = Self.hello(fragment) else { return nil }
            self = hello
        }
    }

    /// RFC 5246 §7.4.1.3: type, length, version, random, session, cipher.
    private static func hello(_ message: ArraySlice<UInt8>) -> ServerAnswer? {
        let body = Array(message.dropFirst(4))
        guard body.count > 34 else { return nil }
        let rest = body.dropFirst(35 + Int(body[34]))
        guard let high = rest.first, let low = rest.dropFirst().first else { return nil }
        let version = TLSVersion(number: UInt16(body[0]) << 8 | UInt16(body[1]))
        return .hello(version, cipher: UInt16(high) << 8 | UInt16(low))
    }
}

extension Channel {
    /// Sends the hello and waits for the answer's first record.
    package func answer(to hello: ClientHello, by deadline: Deadline) -> ServerAnswer {
        do {
            try write(hello.bytes, by: deadline)
            while true {
                try fill(by: deadline)
                if let answer = ServerAnswer(unread) { return answer }
                guard unread.count < Self.longestLine else { return .plaintext(unread) }
            }
        } catch {
            return error == .timedOut ? .silent : .closed
        }
    }
}

/// RFC 8446 §6, and the older ones of RFC 5246 §7.2.
package enum TLSAlert {
    static func name(_ code: UInt8) -> String { names[code] ?? "alert \(code)" }

    private static let names: [UInt8: String] = [
        0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 22: "record_overflow",
        40: "handshake_failure",
        42: "bad_certificate", 43: "unsupported_certificate", 44: "certificate_revoked", 45: "certificate_expired",
        46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca", 49: "access_denied", 50: "decode_error",
        51: "decrypt_error", 70: "protocol_version", 71: "insufficient_security", 80: "internal_error",
        86: "inappropriate_fallback", 90: "user_canceled", 112: "unrecognized_name",
    ]
}
