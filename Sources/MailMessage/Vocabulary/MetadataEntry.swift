/// The name of an annotation (RFC 5464 §4.1): `/private/...` for one reader alone, `/shared/...` for all. Without regard to
/// case, so kept in small letters.
package struct MetadataEntry: Hashable, Sendable, Comparable, CustomStringConvertible {
    package static let maximumLength = 255

    package let name: String

    /// Nil for what is outside of both trees, wildcards, controls, anything not ASCII, and empty components.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count <= Self.maximumLength, bytes.allSatisfy(Self.isAllowed) else { return nil }
        let name = String(decoding: bytes, as: UTF8.self).lowercased()
        let components = name.split(separator: "/", omittingEmptySubsequences: false)
        guard components.count >= 2, components[0].isEmpty, components.dropFirst().allSatisfy({ !$0.isEmpty }),
            components[1] == "private" || components[1] == "shared"
        else { return nil }
        self.name = name
    }

    package init?(_ text: String) { self.init(text.utf8) }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x20...0x7e).contains(byte) && byte != UInt8(ascii: "*") && byte != UInt8(ascii: "%")
    }

    package var isPrivate: Bool { name == "/private" || name.hasPrefix("/private/") }
    /// `/private` and `/shared` themselves hold nothing.
    package var isRoot: Bool { name == "/private" || name == "/shared" }
    package var description: String { name }

    /// How many levels it is below the other; nil when it is not.
    package func depth(below other: MetadataEntry) -> Int? {
        guard name.hasPrefix(other.name + "/") else { return nil }
        return name.utf8.dropFirst(other.name.utf8.count).count { $0 == UInt8(ascii: "/") }
    }

    package static func < (left: MetadataEntry, right: MetadataEntry) -> Bool { left.name < right.name }
}
