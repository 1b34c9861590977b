/// Something that a domain's DNS, or a web server beside it, should say.
package struct WantedRecord: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case mx = "MX"
        case txt = "TXT"
        case srv = "SRV"
        case tlsa = "TLSA"
        case cname = "CNAME"
        /// Not in DNS: a file behind an address of the web.
        case file = "FILE"
    }

    package enum Purpose: String, Sendable, CaseIterable {
        case mx, spf, dkim, dmarc, mtaSTS = "mta-sts", tlsReports = "tls-rpt", clients, autoconfig, pacc, dane
    }

    /// Without a final dot; for a file its address.
    package let name: String
    package let kind: Kind
    package let purpose: Purpose
    /// As a zone file writes it; a text without quotes. Empty: it has to be made first.
    package let value: String
    /// Without it mail is lost or distrusted; the others are good to have.
    package let isNeeded: Bool
    /// What to know about it.
    package let note: String

    init(
        _ name: String, _ kind: Kind, _ purpose: Purpose, _ value: String, isNeeded: Bool = true, note: String = ""
    ) {
        self.name = name
        self.kind = kind
        self.purpose = purpose
        self.value = value
        self.isNeeded = isNeeded
        self.note = note
    }
}

extension WantedRecord {
    private static let lifetime = 3_600
    /// RFC 1035 §3.3
    private static let longestString = 255

    /// As it stands in a zone file.
    package var zoneLine: String {
        guard !value.isEmpty else { return "; \(name): \(note)\n" }
        return switch kind {
        case .file: ([name] + value.split(whereSeparator: \.isNewline).map(String.init)).map { "; \($0)\n" }.joined()
        case .txt: "\(name). \(Self.lifetime) IN TXT \(Self.quoted(value))\n"
        default: "\(name). \(Self.lifetime) IN \(kind.rawValue) \(value)\n"
        }
    }

    /// Longer ones in several strings, which readers join.
    private static func quoted(_ text: String) -> String {
        var (parts, rest): ([String], Substring) = ([], text[...])
        repeat {
            let part = rest.prefix(longestString)
            parts.append("\"" + part.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"")
            rest = rest.dropFirst(longestString)
        } while !rest.isEmpty
        return parts.joined(separator: " ")
    }
}
