import MailMessage
import MailNetwork
import MailTransport
import MailWire

/// The Return-Path and Received fields that this server puts on top of a message (RFC 5321 §4.4).
struct TraceHeader {
    var sender: ReversePath
    var client: ClientName?
    var peer: IPAddress
    var host: String
    var isExtended: Bool
    var isInternational: Bool
    var isLoggedIn: Bool
    var tls: TLSInfo?
    var id: String
    /// Named only when there is one: others would learn of hidden recipients (RFC 5321 §7.2).
    var onlyRecipient: EmailAddress?
    var now: EpochSeconds

    var bytes: [UInt8] {
        var text = "Return-Path: <\(sender.address?.description ?? "")>\r\n"
        text += "Received: from \(client?.description ?? "unknown") (\(literal))\r\n"
        text += "\tby \(host) with \(protocolName) id \(id)"
        if let tls { text += "\r\n\t(version=\(tls.version) cipher=\(tls.cipher) bits=\(tls.bits))" }
        if let onlyRecipient { text += "\r\n\tfor <\(onlyRecipient)>" }
        text += ";\r\n\t\(MailDate(seconds: now).headerText)\r\n"
        return Array(text.utf8)
    }

    /// RFC 5321 §4.1.3
    private var literal: String { peer.family == .v4 ? "[\(peer)]" : "[IPv6:\(peer)]" }

    /// RFC 3848 and RFC 6531 §4.3: the names are registered.
    private var protocolName: String {
        guard isExtended else { return "SMTP" }
        return (isInternational ? "UTF8SMTP" : "ESMTP") + (tls == nil ? "" : "S") + (isLoggedIn ? "A" : "")
    }
}
