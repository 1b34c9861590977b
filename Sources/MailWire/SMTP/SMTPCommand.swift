package import MailMessage

/// One command of RFC 5321 and its extensions, as parsed; whether it is allowed now is the session's business.
package enum SMTPCommand: Hashable, Sendable {
    case ehlo(ClientName)
    case helo(ClientName)
    case mail(from: ReversePath, MailParameters)
    case rcpt(to: ForwardPath, RcptParameters)
    case data
    case bdat(size: Int64, isLast: Bool)
    case rset
    case noop
    case quit
    case vrfy(String)
    case expn(String)
    case help
    case startTLS
    case auth(mechanism: String, initialResponse: [UInt8]?)
}

/// What the client calls itself: for the trace header and the log, never trusted.
package struct ClientName: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Any visible text without brackets that could break a header; clients put much here that is no host name.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard (1...SMTPLimits.clientName).contains(bytes.count), let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let isClean = text.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x20 && !(0x7f...0x9f).contains(scalar.value)
                && !#"()<>@,;\""#.unicodeScalars.contains(scalar)
        }
        guard isClean else { return nil }
        description = text
    }
}

/// Where failures go: nowhere (`<>`) or to a mailbox (RFC 5321 §4.1.1.2).
package enum ReversePath: Hashable, Sendable {
    case null
    case mailbox(EmailAddress)

    package var address: EmailAddress? {
        if case .mailbox(let address) = self { address } else { nil }
    }
}

/// Whom a message is for; `<Postmaster>` needs no domain (RFC 5321 §4.5.1).
package enum ForwardPath: Hashable, Sendable {
    case postmaster
    case mailbox(EmailAddress)
}
