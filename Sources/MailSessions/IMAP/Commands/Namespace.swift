import MailStore
import MailWire

/// NAMESPACE (RFC 9051 §6.3.10): one personal namespace, and one for what others share, below their login names. The
/// prefixes of old clients are not told.
extension IMAPSession {
    func namespace() -> IMAPReply {
        send {
            $0.namespace(
                personal: [(prefix: "", separator: "/")], others: [(prefix: OtherUsers.prefix + "/", separator: "/")])
        }
        return .ok("That is all")
    }
}
