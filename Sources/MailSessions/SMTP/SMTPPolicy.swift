package import MailNetwork

/// What SMTP sessions of one listener allow: plain values, fixed for the life of a connection.
package struct SMTPPolicy: Sendable, Equatable {
    package enum Role: Sendable, Equatable {
        /// Port 25: anybody brings mail for our recipients; whoever likes may log in after STARTTLS.
        case receiving
        /// Ports 587 and 465: nothing without TLS and a login (RFC 6409 §4.3, RFC 8314 §3.3).
        case submission
    }

    /// What becomes of a message whose author is not whoever has logged in.
    package enum ForeignAuthor: String, Sendable, CaseIterable {
        /// A Sender field says who sent it (RFC 6409 §8.1).
        case addSender = "sender"
        case refuse
    }

    package var role: Role
    /// Hosts that may send anywhere without a login.
    package var trustedNetworks: [AddressPrefix] = []
    package var foreignAuthor = ForeignAuthor.addSender
    /// RFC 5321 §4.5.3.1.8 asks for 100 at least.
    package var recipientLimit = 1_000
    /// Received fields in a message that still travels (RFC 5321 §6.3 asks for 100 at least in a "simple" count; Postfix: 50).
    package var hopLimit = 50
    /// Wrong commands in a row.
    package var errorLimit = 20
    /// Commands that lead to no mail (NOOP, RSET, VRFY, HELP, EHLO) since the last accepted message.
    package var junkLimit = 100
    /// RCPTs refused in one session: nobody tries out all names.
    package var refusalLimit = 100
    /// RFC 5321 §4.5.3.2.7: at least 5 minutes.
    package var idleSeconds = 300
    /// After a bare line end in DATA: how long its true end is waited for.
    package var faultSeconds = 10
    /// A message over the limit is read to its end and refused; beyond so many times the limit the connection closes.
    package var drainFactor: Int64 = 4

    package init(role: Role) { self.role = role }
}
