import Glibc

/// IP addresses and networks as texts of the configuration: checked here, given their meaning where they are used.
enum AddressText {
    static func listening(_ text: String) throws(ValueRefusal) -> String {
        guard text == "*" || text == "localhost" || bits(text) != nil else {
            throw ValueRefusal("\"\(text)\" is not an IP address, \"localhost\" or \"*\"")
        }
        return text
    }

    /// `192.0.2.1`, `2001:db8::1`.
    static func address(_ text: String) throws(ValueRefusal) -> String {
        guard bits(text) != nil else { throw ValueRefusal("\"\(text)\" is not an IP address") }
        return text
    }

    /// `192.0.2.1`, `192.0.2.0/24`, `2001:db8::/32`.
    static func network(_ text: String) throws(ValueRefusal) -> String {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let address = parts.first, let width = bits(address) else {
            throw ValueRefusal("\"\(text)\" is not an address or a network such as \"192.0.2.0/24\"")
        }
        guard parts.count == 2 else { return text }
        guard let length = Int(parts[1]), (0...width).contains(length) else {
            throw ValueRefusal("\"\(text)\" has a prefix length outside 0-\(width)")
        }
        return text
    }

    private static func bits(_ text: String) -> Int? {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return 32 }
        if inet_pton(AF_INET6, text, &six) == 1 { return 128 }
        return nil
    }
}
