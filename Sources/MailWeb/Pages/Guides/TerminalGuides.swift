import MailAdmin

/// For those who write their settings themselves.
enum TerminalGuides {
    static func neomutt(_ values: GuideValues) -> ProgramGuide? {
        guard let incoming = values.incoming, incoming.kind == .imap, let outgoing = values.outgoing else { return nil }
        let words = values.words
        return ProgramGuide(
            name: "Mutt, NeoMutt", system: words("in a terminal", "i en terminal"),
            steps: [
                "\(words("Add these lines to your muttrc.", "Lägg till dessa rader i din muttrc."))",
                "\(words("Start it; it asks for your mail password.", "Starta det; det frågar efter ditt e-postlösenord."))",
            ],
            rest: "<pre tabindex=\"0\">\(muttrc(values, incoming, outgoing))</pre>\n")
    }

    private static func muttrc(
        _ values: GuideValues, _ incoming: ClientSettings.Offer, _ outgoing: ClientSettings.Offer
    ) -> String {
        let (login, address) = (values.login ?? "LOGIN", values.address ?? "ADDRESS")
        let incomingScheme = incoming.isImplicit ? "imaps" : "imap"
        let outgoingScheme = outgoing.isImplicit ? "smtps" : "smtp"
        return """
            set from = \(quoted(address))
            set imap_user = \(quoted(login))
            set folder = "\(incomingScheme)://\(values.host):\(incoming.port)/"
            set spoolfile = "+INBOX"
            set record = "+Sent"
            set postponed = "+Drafts"
            set trash = "+Trash"
            set smtp_url = "\(outgoingScheme)://\(percentEncoded(login))@\(values.host):\(outgoing.port)/"
            set ssl_force_tls = yes

            """
    }

    /// Within double quotes mutt expands variables and runs what stands in backquotes.
    private static func quoted(_ text: String) -> String {
        "\"" + text.map { "\\\"$`".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "\""
    }

    /// RFC 3986 §2.1.
    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { octet in
            let scalar = Unicode.Scalar(octet)
            if scalar.isASCII,
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "-._~".unicodeScalars.contains(scalar)
            {
                return String(scalar)
            }
            let digits = String(octet, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
