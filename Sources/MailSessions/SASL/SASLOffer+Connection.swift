import MailIdentity
package import MailTransport

extension SASLOffer {
    /// To be called on the connection's event loop, after each change of its encryption.
    package init(for connection: Connection, offersScram: Bool) {
        let bindings = MailTransport.ChannelBinding.allCases.compactMap { kind in
            connection.channelBinding(kind).map { MailIdentity.ChannelBinding(name: kind.name, data: $0) }
        }
        self.init(isEncrypted: connection.tls != nil, offersScram: offersScram, bindings: bindings)
    }
}

extension SessionServices {
    var offersScram: Bool { settings.offersScram && authenticator.policy.offersScram }
}
