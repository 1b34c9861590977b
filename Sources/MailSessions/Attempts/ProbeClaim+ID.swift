import MailMessage
import MailNetwork
import MailStore
import MailWire

extension ProbeClaim {
    static let longestCipher = 80
    private static let digestLength = 64

    /// From the fields of IMAP's ID. Without a token the others mean nothing; whatever has another form is left out.
    init?(_ fields: [IDField]) {
        func value(_ field: ProbeField) -> String? {
            let found = fields.first { String(decoding: $0.name, as: UTF8.self).lowercased() == field.rawValue }
            return found?.value.flatMap { String(validating: $0, as: UTF8.self) }
        }
        guard let token = value(.token).flatMap({ ProbeToken($0) }) else { return nil }
        self.init(token: token)
        address = value(.address).flatMap { PeerAddress($0)?.description }
        tls = value(.tls).flatMap { Self.isCipher($0) ? $0 : nil }
        certificate = value(.certificate).flatMap { Self.isDigest($0) ? $0 : nil }
    }

    /// `TLSv1.3 TLS_AES_256_GCM_SHA384`
    private static func isCipher(_ text: String) -> Bool {
        (1...longestCipher).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                    || [0x20, 0x2d, 0x2e, 0x5f].contains(byte)
            }
    }

    private static func isDigest(_ text: String) -> Bool {
        text.utf8.count == digestLength
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
