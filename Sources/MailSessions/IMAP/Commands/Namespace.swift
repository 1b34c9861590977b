import MailWire

/// NAMESPACE (RFC 9051 §6.3.10): one personal namespace; the prefixes of old clients are not told.
extension IMAPSession {
    func namespace() -> IMAPReply {
        send { $0.namespace(personal: [(prefix: "", separator: "/")]) }
        return .ok("That is all")
    }
}
