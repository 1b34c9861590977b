import MailIdentity
package import MailTransport

extension SASLOffer {
    /// To be called on the connection's event loop, after each change of its encryption.
    ///
    /// Without `offersPlus` no binding is known either: a client that could bind is then right to say so (RFC 5802 §6, "y").
    package init(for connection: Connection, offersScram: Bool, offersPlus: Bool = true) {
        let kinds = offersPlus ? MailTransport.ChannelBinding.allCases : []
        let bindings = kinds.compactMap { kind in
            connection.channelBinding(kind).map { MailIdentity.ChannelBinding(name: kind.name, data: $0) }
        }
        self.init(isEncrypted: connection.tls != nil, offersScram: offersScram, bindings: bindings)
    }
}

extension SessionServices {
    var offersScram: Bool { settings.offersScram && authenticator.policy.offersScram }
}
