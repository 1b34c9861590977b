package import MailNetwork

/// Who is at the other end, in the words of the protocol.
package struct MilterClient: Sendable, Equatable {
    /// The name its address leads to and that leads back; else the address in brackets.
    package var name: String
    package var peer: PeerAddress
    package var hello: String

    package init(name: String? = nil, peer: PeerAddress, hello: String) {
        self.name = name ?? "[\(peer.ip)]"
        self.peer = peer
        self.hello = hello
    }
}

/// A sender or recipient: the address in angle brackets, and the parameters of its command.
package struct MilterPath: Sendable, Equatable {
    package var address: String
    package var parameters: [String]

    package init(_ address: String, parameters: [String] = []) {
        self.address = address
        self.parameters = parameters
    }
}
