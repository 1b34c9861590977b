import MailNetwork

@testable import MailTransport

/// The PROXY header at the front of a connection, as it arrives byte by byte; and addresses as text.
enum FuzzProxyHeader: FuzzTarget {
    static let name = "proxy-header"

    static func check(_ input: [UInt8]) -> String? {
        var rules = Rules()
        rules.none(brokenHeader(input))
        // So that the fuzzer need not find the signature each time.
        rules.none(brokenHeader(ProxyHeader.signature + input))
        rules.none(brokenAddress(String(decoding: input.prefix(128), as: UTF8.self)))
        return rules.broken
    }

    /// Too few bytes are waited for, enough are enough, and what follows makes no difference.
    private static func brokenHeader(_ bytes: [UInt8]) -> String? {
        let whole = ProxyHeader.parse(bytes)
        var rules = Rules()
        for count in Set([0, 1, 11, 12, 15, 16, 17, bytes.count / 2, bytes.count - 1]) where 0..<bytes.count ~= count {
            let part = ProxyHeader.parse(Array(bytes[..<count]))
            rules.that(part == .incomplete || part == whole, "\(count) bytes: \(part), all: \(whole)")
        }
        guard case .header(_, let length) = whole else { return rules.broken }
        rules.that(length <= bytes.count, "a header of \(length) in \(bytes.count) bytes")
        rules.that(length <= 16 + ProxyHeader.longestRest, "a header of \(length)")
        rules.that(ProxyHeader.parse(Array(bytes.prefix(length))) == whole, "the rest makes a difference")
        rules.that(ProxyHeader.parse(Array(bytes.prefix(length - 1))) == .incomplete, "a byte less is complete")
        return rules.broken
    }

    private static func brokenAddress(_ text: String) -> String? {
        var rules = Rules()
        if let address = IPAddress(text) {
            rules.that(IPAddress(address.description) == address, "\(address) is read as another address")
            rules.that(IPAddress(bytes: address.bytes) == address, "the bytes of \(address)")
        }
        if let prefix = AddressPrefix(text) {
            rules.that(AddressPrefix(prefix.description) == prefix, "\(prefix) is read as another network")
            rules.that(prefix.contains(prefix.address), "\(prefix) without its own address")
        }
        return rules.broken
    }
}
