/// `[dns]`: who is asked about other domains.
package struct DNSSection: Sendable, Equatable {
    package var resolver = ""

    static let keys: [ConfigurationKey<DNSSection>] = [
        .init(
            "resolver", \.resolver, .checkedText("ADDRESS:PORT", DNSSection.server),
            "\"ADDRESS:PORT\" of the name server that is asked about other domains, and believed when it says that DNSSEC proves an "
                + "answer: one that validates, best on this machine. Empty: those of /etc/resolv.conf.")
    ]

    private static func server(_ text: String) throws(ValueRefusal) -> String {
        guard text.isEmpty || MonitorSection.parse(text) != nil else {
            throw ValueRefusal("\"\(text)\" is not \"ADDRESS:PORT\"")
        }
        return text
    }

    package var place: (address: String, port: Int)? { MonitorSection.parse(resolver) }
}
