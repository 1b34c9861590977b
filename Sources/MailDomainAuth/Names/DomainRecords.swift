package import MailNetwork

/// What a question about a name came to.
package enum DomainAnswer<Value: Sendable>: Sendable {
    case found(Value)
    /// The name does not exist, or has nothing of that kind.
    case none
    /// Nobody could say: whoever asked tries again later.
    case failed(String)
}

/// The domain name system as checks of senders see it; the caller brings the resolver. Names have no final dot.
package protocol DomainRecords: Sendable {
    /// TXT: the strings of each record joined (RFC 7208 §3.3).
    func texts(of name: String) async -> DomainAnswer<[String]>
    func addresses(of name: String, _ family: IPAddress.Family) async -> DomainAnswer<[IPAddress]>
    /// MX, the most preferred first.
    func mailHosts(of name: String) async -> DomainAnswer<[String]>
    /// PTR
    func names(of address: IPAddress) async -> DomainAnswer<[String]>
}
