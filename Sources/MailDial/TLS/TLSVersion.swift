/// Versions as the wire numbers them (RFC 8446 §4.1.2).
package struct TLSVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let number: UInt16

    package init(number: UInt16) { self.number = number }

    package static let ssl3 = TLSVersion(number: 0x0300)
    package static let tls10 = TLSVersion(number: 0x0301)
    package static let tls11 = TLSVersion(number: 0x0302)
    package static let tls12 = TLSVersion(number: 0x0303)
    package static let tls13 = TLSVersion(number: 0x0304)

    package static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.number < right.number }

    package var description: String {
        switch number {
        case 0x0300: "SSLv3"
        case 0x0301...0x0304: "TLSv1" + (number == 0x0301 ? ".0" : ".\(number - 0x0301)")
        default: "0x" + String(number, radix: 16)
        }
    }
}
