/// A client's last word in TLS (RFC 8446 §6.2), and what it means in a mail program.
enum TLSAlert {
    static func words(_ number: Int) -> String {
        guard let (name, meaning) = known[number] else { return "the client sent alert \(number)" }
        return "\(meaning) (alert \(name))"
    }

    private static let known: [Int: (String, String)] = [
        0: ("close notify", "the client closed"),
        10: ("unexpected message", "the client did not expect what came"),
        20: ("bad record mac", "what arrived was damaged or changed on the way"),
        40: ("handshake failure", "the client finds nothing in common"),
        42: ("bad certificate", "the client refuses the certificate"),
        43: ("unsupported certificate", "the client cannot use this kind of certificate"),
        44: ("certificate revoked", "the client says that the certificate was revoked"),
        45: ("certificate expired", "the client says that the certificate has expired; or its clock is wrong"),
        46: ("certificate unknown", "the client refuses the certificate; perhaps its name does not fit"),
        47: ("illegal parameter", "the client found a parameter wrong"),
        48: ("unknown ca", "the client does not trust the certificate"),
        49: ("access denied", "the client refuses"),
        50: ("decode error", "the client could not read what came"),
        51: ("decrypt error", "the client could not check a signature"),
        70: ("protocol version", "the client has no TLS version in common"),
        71: ("insufficient security", "the client finds the encryption too weak"),
        80: ("internal error", "the client failed inside"),
        86: ("inappropriate fallback", "the client fell back to an older version"),
        90: ("user canceled", "the user gave up"),
        112: ("unrecognized name", "the client does not know the name"),
        113: ("bad certificate status response", "the client refuses the stapled status of the certificate"),
        116: ("certificate required", "the client wants a certificate"),
        120: ("no application protocol", "the client wants another protocol"),
    ]
}

/// The log's reasons of a failed login, for people.
enum LoginReason {
    static func words(_ reason: String) -> String {
        switch reason {
        case "badpw": "wrong name or password"
        case "oldpw": "the password from before the last change: the device has not heard of the new one"
        case "nopassword": "no mail password has been set yet"
        case "locked": "too many failures, locked for some minutes"
        case "suspended": "the account is suspended"
        case "unavailable": "the server could not check it"
        case "malformed": "the client's words were malformed"
        case "cancelled": "the client gave up"
        case "off": "this protocol is switched off for the account"
        case "otherservice": "the app password is for another protocol"
        case "expired": "the app password has expired"
        default: reason
        }
    }
}
