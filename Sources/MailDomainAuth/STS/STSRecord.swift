/// The TXT record that says that there is a policy, and which one (RFC 8461 §3.1).
package enum STSRecord {
    private static let longestID = 32

    /// The policy's id; nil when there is none, or several claim to be it.
    package static func id(among texts: [String]) -> String? {
        let own = texts.filter {
            $0.hasPrefix("v=STSv1") && ($0.dropFirst(7).first.map { $0 == ";" || $0 == " " } ?? true)
        }
        guard own.count == 1, let text = own.first else { return nil }
        for field in text.split(separator: ";").dropFirst() {
            let parts = field.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\t" } }
            guard parts.first == "id", let id = parts.dropFirst().first else { continue }
            return (1...longestID).contains(id.utf8.count) && id.utf8.allSatisfy(isLetterOrDigit) ? id : nil
        }
        return nil
    }

    private static func isLetterOrDigit(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x61...0x7a).contains(octet | 0x20)
    }
}
