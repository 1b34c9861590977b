import MailMessage
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

    /// The client's words are kept for the log only; ours name no version (RFC 2971 §4).
    func id(_ fields: [IDField]?) -> IMAPReply {
        let client = (fields ?? []).prefix(2).compactMap(\.value).map { String(decoding: $0, as: UTF8.self) }
        log("id", [("client", client.joined(separator: " "))])
        send { $0.id([IDField(name: Array("name".utf8), value: Array("Posthus".utf8))]) }
        return .ok("Pleased to meet you")
    }

    func enable(_ names: [String]) -> IMAPReply {
        var enabled: [String] = []
        for name in names.map({ $0.uppercased() }) where !enabled.contains(name) {
            switch name {
            case "CONDSTORE": features.insert(.condstore)
            case "METADATA": noteMetadataUse()
            case "UIDONLY": features.insert(.uidOnly)
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
