/// `[monitor]`: metrics, health and readiness over HTTP. The socket in the store is always there.
package struct MonitorSection: Sendable, Equatable {
    package var listen = ""
    package var allowRemote = false

    static let keys: [ConfigurationKey<MonitorSection>] = [
        .init(
            "listen", \.listen, MonitorSection.place,
            "Address and port, such as \"127.0.0.1:9480\", of an HTTP listener for /metrics, /health and /ready. Empty: only "
                + "the socket run/monitor.sock of the store."),
        .init(
            "allow_remote", \.allowRemote, .flag,
            "Whether that address may be one that other machines reach. There is no login, and no TLS."),
    ]

    private static let place = ValueKind<String>(
        name: "address and port",
        read: { raw throws(ValueRefusal) in
            let text = try raw.asText()
            guard text.isEmpty || MonitorSection.parse(text) != nil else {
                throw ValueRefusal(
                    "\"\(text)\" is not an address with a port such as \"127.0.0.1:9480\" or \"[::1]:9480\"")
            }
            return text
        }, show: TOMLText.quoted)

    /// Address and port; nil when nothing is to be opened.
    package var place: (address: String, port: Int)? { Self.parse(listen) }

    static func parse(_ text: String) -> (address: String, port: Int)? {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var address = String(text[..<colon])
        if address.hasPrefix("["), address.hasSuffix("]") { address = String(address.dropFirst().dropLast()) }
        guard (try? AddressText.listening(address)) != nil, address != "*" else { return nil }
        return (address, Int(port))
    }
}
