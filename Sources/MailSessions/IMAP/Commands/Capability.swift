import MailMessage
import MailStore
import MailWire

/// RFC 9051 §6.1.1, §6.1.3, RFC 2971 and §6.3.1: what needs no mail.
extension IMAPSession {
    func capability() -> IMAPReply {
        send { $0.capability(capabilities) }
        return .ok("That is all")
    }

    func logout() -> IMAPReply {
        send { $0.status(.bye, "Good bye") }
        end()
        return .ok("Logged out")
    }

    /// The client's words are for the log, and for what is kept from such clients; ours name no version (RFC 2971 §4).
    func id(_ fields: [IDField]?) -> IMAPReply {
        let before = withheld
        client = Self.program(fields ?? [])
        log("id", [("client", client ?? "")])
        services.logins?.note(client: client ?? "", of: connection)
        services.attempts?.client(client ?? "", on: connection)
        if let claim = fields.flatMap(ProbeClaim.init) { services.attempts?.probe(claim, on: connection) }
        send { $0.id([IDField(name: Array("name".utf8), value: Array("Posthus".utf8))]) }
        if withheld != before { send { $0.capability(capabilities) } }
        return .ok("Pleased to meet you")
    }

    /// Name and version, whatever else it tells.
    private static func program(_ fields: [IDField]) -> String {
        let words = ["name", "version"].compactMap { word in
            fields.first { String(decoding: $0.name, as: UTF8.self).lowercased() == word }?.value
        }
        return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    func enable(_ names: [String]) -> IMAPReply {
        var enabled: [String] = []
        let withheld = withheld
        for name in names.map({ $0.uppercased() }) where !enabled.contains(name) && !withheld.contains(name) {
            switch name {
            case "CONDSTORE": features.insert(.condstore)
            case "METADATA": noteMetadataUse()
            case "UIDONLY": features.insert(.uidOnly)
            case "UTF8=ACCEPT":
                features.insert(.utf8)
                assembler.encoding = .utf8
            case "QRESYNC": features.formUnion([.qresync, .condstore])
            case "IMAP4REV2":
                features.insert(.rev2)
                if case .selected(_, let mailbox) = state { mailbox.recent = UIDSet() }
                assembler.encoding = .utf8
                enabled.append("IMAP4rev2")
                continue
            default: continue  // RFC 9051 §6.3.1: unknown ones are ignored
            }
            enabled.append(name)
        }
        send { $0.enabled(enabled) }
        return .ok("Enabled")
    }
}
