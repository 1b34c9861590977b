package import MailNetwork

/// One host that may take the mail of a destination, in the order in which hosts are tried.
package struct NextHop: Sendable, Hashable {
    /// The name that TLS asks for (SNI) and that reports name; an address literal where a route says so.
    package var host: String
    package var port: UInt16
    /// IPv6 before IPv4; never empty.
    package var addresses: [IPAddress]
    package var tls: TLSDemand
    /// Nil: without login.
    package var login: RelayLogin?
    /// What `tls` comes from, for reports about TLS; nil: a route of this server, about which nobody is told.
    package var policy: TLSPolicy?

    package init(
        host: String, port: UInt16, addresses: [IPAddress], tls: TLSDemand, login: RelayLogin? = nil,
        policy: TLSPolicy? = nil
    ) {
        self.host = host
        self.port = port
        self.addresses = addresses
        self.tls = tls
        self.login = login
        self.policy = policy
    }
}

extension NextHop {
    /// Without the demands that a domain's announcements make; those of an operator's route stay (RFC 8689 §4.2).
    var relaxed: NextHop {
        guard let policy, policy.kind != .none else { return self }
        var hop = self
        (hop.tls, hop.policy) = (.opportunistic, nil)
        return hop
    }
}

/// How sure of the host a connection must be before mail goes over it.
package enum TLSDemand: Sendable, Hashable {
    /// Never TLS: a route that says so.
    case clear
    /// STARTTLS where it is offered, whoever answers; in the clear where it is not (RFC 7435).
    case opportunistic
    /// The same, but first it is found out whether the host would pass as `verified`, for reports (RFC 8461 §5, mode testing).
    case tested(names: [String])
    /// No mail without TLS; any certificate.
    case encrypted
    /// A certificate that leads to the system's authorities and has one of these names (RFC 8461 §4, or a route that says so).
    /// "*.example.org" stands for one label.
    case verified(names: [String])
    /// A certificate that one of these records names (RFC 7672 §3); names: for usage 2 alone.
    case dane([TLSARecord], names: [String])
    /// TLS from the first octet, verified: a smart host on 465.
    case implicit(names: [String])
}

/// What a domain announces about TLS, as reports name it (RFC 8460 §4.2).
package struct TLSPolicy: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case tlsa, sts
        case none = "no-policy-found"
    }

    package var kind: Kind
    /// The domain that has announced it: that of the recipients, or the MX host that has TLSA records.
    package var domain: String
    /// The policy's own lines, or the records.
    package var lines: [String]
    /// The patterns of an MTA-STS policy.
    package var hosts: [String]

    package init(_ kind: Kind, domain: String, lines: [String] = [], hosts: [String] = []) {
        self.kind = kind
        self.domain = domain
        self.lines = lines
        self.hosts = hosts
    }
}

/// RFC 6698 §2.1; `data` in lower-case hex.
package struct TLSARecord: Sendable, Hashable {
    package let usage: UInt8
    package let selector: UInt8
    package let matching: UInt8
    package let data: String

    package init(usage: UInt8, selector: UInt8, matching: UInt8, data: String) {
        self.usage = usage
        self.selector = selector
        self.matching = matching
        self.data = data
    }
}

/// Name and password for a smart host; never printed.
package struct RelayLogin: Sendable, Hashable, CustomStringConvertible {
    package let user: String
    package let password: String
    package var description: String { user }

    package init(user: String, password: String) {
        self.user = user
        self.password = password
    }
}

/// Where the mail for one destination goes.
package enum RouteAnswer: Sendable, Equatable {
    /// In the order of preference; never empty.
    case hops([NextHop])
    /// For good: the enhanced status and words for the sender (null MX: 5.1.10; no such domain: 5.1.2).
    case refused(status: String, reason: String)
    /// Not now: 4.4.3 and the like.
    case deferred(status: String, reason: String)
}
