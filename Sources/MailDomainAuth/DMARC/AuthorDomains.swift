package import MailMessage

/// The domains of those who a message says wrote it.
package enum AuthorDomains {
    /// More make no sense, and each costs DNS.
    static let mostDomains = 4

    /// In A-labels, each once; nil when there is none. An author without a domain hides nobody behind him, and of too many there
    /// is one more than `mostDomains`.
    package static func of(_ header: Header) -> [String]? {
        var domains: [String] = []
        for field in header.all("From") {
            for address in AddressList(field.unfolded).addresses {
                guard let address = address.emailAddress, !address.isAddressLiteral else { continue }
                if !domains.contains(address.domainKey) { domains.append(address.domainKey) }
                guard domains.count <= mostDomains else { return domains }
            }
        }
        return domains.isEmpty ? nil : domains
    }
}
