/// A domain's policy about TLS to its MX hosts (RFC 8461 §3.2).
package struct STSPolicy: Sendable, Equatable {
    package enum Mode: String, Sendable { case enforce, testing, none }

    /// Of the whole file: RFC 8461 §3.3 leaves the limit to us and names 64 KB.
    package static let largest = 65_536
    static let mostHosts = 200
    private static let longestAge: UInt32 = 31_557_600

    package let mode: Mode
    /// `mx.example.org`, or `*.example.org` for one label more; lower case.
    package let hosts: [String]
    /// In seconds.
    package let maximumAge: UInt32
    /// As reports quote it (RFC 8460 §4.4).
    package let lines: [String]

    /// nil for what is no valid policy. Of a key that comes twice the first counts, unknown ones do not.
    package init?(_ octets: [UInt8]) {
        guard octets.count <= Self.largest, octets.allSatisfy({ $0 < 0x80 }) else { return nil }
        var (fields, hosts, lines): ([String: String], [String], [String]) = ([:], [], [])
        for line in octets.split(separator: 0x0a) {
            let text = String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
            guard !text.allSatisfy({ $0 == " " || $0 == "\t" }) else { continue }
            guard let (key, value) = Self.pair(text) else { return nil }
            lines.append("\(key): \(value)")
            if key == "mx" {
                hosts.append(value.lowercased())
            } else if fields[key] == nil {
                fields[key] = value
            }
        }
        guard fields["version"] == "STSv1", let mode = fields["mode"].flatMap({ Mode(rawValue: $0) }),
            let digits = fields["max_age"], digits.utf8.count <= 10, let age = UInt32(digits), age <= Self.longestAge,
            hosts.count <= Self.mostHosts, mode == .none || !hosts.isEmpty
        else { return nil }
        (self.mode, self.hosts, maximumAge, self.lines) = (mode, hosts, age, lines)
    }

    /// sts-policy-field = name ":" *WSP value
    private static func pair(_ line: String) -> (String, String)? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let key = line[..<colon]
        let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        guard !key.isEmpty, key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        return (String(key), String(value.reversed().drop { $0 == " " || $0 == "\t" }.reversed()))
    }

    /// RFC 8461 §4.1: the star stands for one whole label.
    package func allows(_ host: String) -> Bool { Self.allows(host, by: hosts) }

    package static func allows(_ host: String, by patterns: [String]) -> Bool {
        patterns.contains { pattern in
            guard pattern.hasPrefix("*.") else { return pattern == host }
            guard let dot = host.firstIndex(of: "."), dot > host.startIndex else { return false }
            return host[dot...] == pattern.dropFirst()
        }
    }
}
