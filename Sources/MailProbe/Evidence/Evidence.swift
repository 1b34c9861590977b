package import MailDial
package import MailNetwork

/// What one endpoint showed at one address: facts, no opinions. What was not reached is nil.
package struct Evidence: Sendable {
    package let endpoint: Endpoint
    package let address: IPAddress
    package var localAddress: PeerAddress?
    package var connect = Connect.failed(.timedOut)
    package var greeting: Greeting?
    /// What else a silent or strange port turned out to be.
    package var disguise: Disguise?
    /// Before encryption.
    package var clearCapabilities: [String]?
    package var startTLS: StartTLS?
    package var handshake: Handshake?
    /// Behind encryption.
    package var capabilities: [String]?
    /// The server has no list of what it can: what stands in their place is what such servers can.
    package var isListAssumed = false
    /// A failure between the greeting and the login, in words.
    package var broken: String?
    /// How long its answer was waited for then, in milliseconds.
    package var brokenAfter = 0
    package var scan: TLSScan?
    /// A login was to be made here: once in a run for each service.
    package var isLoginPlanned = false
    package var login: LoginEvidence?
    package var mailbox: MailboxEvidence?
    package var sending: SendingEvidence?
    package var elapsed = 0

    package init(_ endpoint: Endpoint, _ address: IPAddress) {
        self.endpoint = endpoint
        self.address = address
    }

    package enum Connect: Sendable, Equatable {
        case done(milliseconds: Int)
        case failed(DialFailure, milliseconds: Int = 0)
    }

    package enum Greeting: Sendable, Equatable {
        case line(String, milliseconds: Int)
        case silent(milliseconds: Int)
        case lost(DialFailure)
    }

    package enum Disguise: Sendable, Equatable {
        /// TLS on a port that was to begin in the clear, and what greets behind it; nil: not learnt.
        case tls(speaks: SpokenLanguage?)
        case http(status: String, location: String?)
    }

    package enum StartTLS: Sendable, Equatable {
        case accepted
        /// The server took so long to greet that another connection was not worth it, or let nobody in again.
        case acceptedUntried
        case missing
        case refused(String)
        /// Commands sent before the handshake were carried out behind it: the server's answer to them.
        case acceptedWithInjection(String)
    }

    package enum Handshake: Sendable, Equatable {
        case done(TLSFacts, milliseconds: Int)
        case failed(HandshakeFailure, milliseconds: Int)
    }

    package var tls: TLSFacts? {
        guard case .done(let facts, _) = handshake else { return nil }
        return facts
    }

    package var greetingLine: String? {
        guard case .line(let line, _) = greeting else { return nil }
        return line
    }
}

/// What further handshakes told, one connection each.
package struct TLSScan: Sendable, Equatable {
    /// All of it was answered, and in time: what was not found is not there.
    package var isWhole = true
    /// Versions below 1.2 that the server agreed to.
    package var oldVersions: [TLSVersion] = []
    package var weakCiphers: [String] = []
    /// The leaf's names when no server name was sent; nil: not learnt.
    package var namesWithoutSNI: [String]?
    package var digestWithoutSNI: String?
    /// nil: not learnt.
    package var resumes: Bool?

    package init() {}
}

package struct LoginEvidence: Sendable, Equatable {
    package var answer: LoginAnswer
    package var milliseconds: Int
}

package struct MailboxEvidence: Sendable, Equatable {
    /// The prefix of the user's own folders, and what separates levels; nil: the server does not tell.
    package var prefix: String?
    package var delimiter: String?
    /// \Trash, \Sent ... as some folder bears them; nil: not learnt.
    package var specialUses: Set<String>?
    /// Bytes.
    package var quotaUsed: Int?
    package var quotaLimit: Int?

    package init() {}
}

package struct SendingEvidence: Sendable, Equatable {
    /// The answer to MAIL FROM with an address of the user's.
    package var sender: Answer?
    /// The answer to a recipient elsewhere, without a login.
    package var relay: Answer?
    /// The answer to a recipient here, without a login.
    package var recipient: Answer?

    package struct Answer: Sendable, Equatable {
        package let address: String
        package let code: Int
        package let text: String
    }

    package init() {}
}
