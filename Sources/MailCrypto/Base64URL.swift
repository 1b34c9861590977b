/// Base64 with the letters that addresses of the web can carry, and without padding (RFC 4648 §5, RFC 7515 §2); as strict.
package enum Base64URL {
    package static func encode(_ bytes: [UInt8]) -> String {
        let octets = Base64.encodedBytes(bytes).compactMap { octet -> UInt8? in
            switch octet {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: octet
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    /// nil for anything but what `encode` writes.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count + 3)
        for octet in text {
            switch octet {
            case UInt8(ascii: "-"): octets.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): octets.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
            default: octets.append(octet)
            }
        }
        let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - octets.count % 4) % 4)
        return Base64.decode(octets + padding)
    }

    package static func decode(_ text: String) -> [UInt8]? { decode(text.utf8) }
}
