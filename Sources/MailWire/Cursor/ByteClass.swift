/// A set of byte values, such as the characters of an atom. Membership is one shift.
package struct ByteClass: Sendable, Equatable {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    package init() {}

    package init(_ ranges: ClosedRange<UInt8>..., and singles: StaticString = "", except: StaticString = "") {
        for range in ranges { for byte in range { insert(byte) } }
        singles.withUTF8Buffer { for byte in $0 { insert(byte) } }
        except.withUTF8Buffer { for byte in $0 { remove(byte) } }
    }

    package static let digit = ByteClass(UInt8(ascii: "0")...UInt8(ascii: "9"))
    package static let letter = ByteClass(
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"))
    package static let letterOrDigit = ByteClass.letter.union(.digit)
    package static let printable = ByteClass(0x20...0x7e)

    package func contains(_ byte: UInt8) -> Bool {
        let bit = UInt64(1) << UInt64(byte & 63)
        return switch byte >> 6 {
        case 0: words.0 & bit != 0
        case 1: words.1 & bit != 0
        case 2: words.2 & bit != 0
        default: words.3 & bit != 0
        }
    }

    package func union(_ other: ByteClass) -> ByteClass {
        var result = self
        result.words.0 |= other.words.0
        result.words.1 |= other.words.1
        result.words.2 |= other.words.2
        result.words.3 |= other.words.3
        return result
    }

    package func adding(_ singles: StaticString) -> ByteClass { union(ByteClass(and: singles)) }

    package func removing(_ singles: StaticString) -> ByteClass {
        var result = self
        singles.withUTF8Buffer { for byte in $0 { result.remove(byte) } }
        return result
    }

    package mutating func insert(_ byte: UInt8) { change(byte) { $0 |= $1 } }
    package mutating func remove(_ byte: UInt8) { change(byte) { $0 &= ~$1 } }

    private mutating func change(_ byte: UInt8, _ body: (inout UInt64, UInt64) -> Void) {
        let bit = UInt64(1) << UInt64(byte & 63)
        switch byte >> 6 {
        case 0: body(&words.0, bit)
        case 1: body(&words.1, bit)
        case 2: body(&words.2, bit)
        default: body(&words.3, bit)
        }
    }

    package static func == (left: ByteClass, right: ByteClass) -> Bool { left.words == right.words }
}
