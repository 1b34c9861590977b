package import MailNetwork

/// Big senders try again from another machine of theirs: what waits is the network.
package enum GreylistNetwork {
    static let lengthOfFour = 24
    static let lengthOfSix = 64

    package static func around(_ address: IPAddress) -> AddressPrefix {
        AddressPrefix(around: address, length: address.family == .v4 ? lengthOfFour : lengthOfSix)
    }
}
