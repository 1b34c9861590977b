import MailMessage
import MailNetwork

/// What filters are told beside the conversation, under Sendmail's names.
extension MilterMacros {
    static let software = "Posthus"

    init(_ visitor: GateVisitor, hostName: String, clientName: String?) {
        self.init()
        let literal = "[\(visitor.peer.ip)]"
        self["j"] = hostName
        self["v"] = Self.software
        self["_"] = "\(clientName ?? "unknown") \(literal)"
        self["{daemon_name}"] = hostName
        self["{daemon_addr}"] = "\(visitor.local.ip)"
        self["{daemon_port}"] = "\(visitor.local.port)"
        self["{client_addr}"] = "\(visitor.peer.ip)"
        self["{client_port}"] = "\(visitor.peer.port)"
        self["{client_name}"] = clientName ?? "unknown"
        self["{client_ptr}"] = clientName ?? "unknown"
        if let tls = visitor.tls {
            self["{tls_version}"] = tls.version
            self["{cipher}"] = tls.cipher
            self["{cipher_bits}"] = "\(tls.bits)"
        }
        self["{if_name}"] = hostName
        self["{if_addr}"] = "\(visitor.local.ip)"
        self["{auth_authen}"] = visitor.login
        self["{auth_type}"] = visitor.mechanism
        self["{auth_author}"] = visitor.author
    }

    mutating func note(sender: EmailAddress?) {
        self["{mail_addr}"] = sender?.description ?? ""
        self["{mail_host}"] = sender.map(\.domain) ?? ""
        self["{mail_mailer}"] = "smtp"
    }

    mutating func note(recipient: EmailAddress?) {
        self["{rcpt_addr}"] = recipient?.description ?? "postmaster"
        self["{rcpt_host}"] = recipient.map(\.domain) ?? ""
        self["{rcpt_mailer}"] = "smtp"
    }
}
