internal import MailCrypto

/// PACC (draft-ietf-mailmaint-pacc-03): a file with hosts alone. Ports are the standard ones with TLS from the first octet.
extension ClientSettings {
    private static let standard: [(kind: Offer.Kind, port: Int, name: String)] = [
        (.imap, 993, "imap"), (.pop3, 995, "pop3"), (.smtp, 465, "submit"),
    ]

    /// nil: nothing stands on a port that it knows.
    package var userAgentConfiguration: String? {
        let protocols = Self.standard.compactMap { known in
            servers.first { $0.kind == known.kind && $0.port == known.port && $0.isImplicit }
                .map { #""\#(known.name)":{"host":\#(JSONText.quoted($0.host))}"# }
        }
        guard !protocols.isEmpty, let domain = domains.first else { return nil }
        return #"{"protocols":{\#(protocols.joined(separator: ","))},"authentication":{"password":true},"#
            + #""info":{"provider":{"name":\#(JSONText.quoted(domain))}}}"# + "\n"
    }

    /// The TXT record that vouches for the file's very octets.
    package var userAgentDigest: String? {
        userAgentConfiguration.map {
            "v=UAAC1; a=sha256; d=" + Base64.encode(MailCrypto.sha256(Array($0.utf8)))
        }
    }
}

/// RFC 8259 §7.
enum JSONText {
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case _ where scalar.value < 0x20:
                result += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
