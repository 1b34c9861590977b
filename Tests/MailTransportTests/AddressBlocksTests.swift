import MailNetwork
import MailTransport
import Testing

@Suite struct AddressBlocksTests {
    @Test(arguments: [
        ("192.0.2.77", "192.0.2.77/32", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.77/32", "192.0.2.0/24"),
    ])
    func whoCountsAsOne(_ text: String, _ customer: String, _ network: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.asOneCustomer.description == customer && address.asNetwork.description == network)
    }
}
