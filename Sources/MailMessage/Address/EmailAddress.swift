/// A mailbox as SMTP knows it (RFC 5321 §4.1.2, RFC 6531 §3.3): local part and domain or address literal.
///
/// Two addresses are equal when their local parts are the same bytes and their domains the same but for case and IDNA form.
package struct EmailAddress: Sendable, CustomStringConvertible {
    /// Without quotes and backslashes; written back with them where they are needed.
    package let local: String
    /// As it was written: `example.org`, `münchen.example`, `[192.0.2.1]`.
    package let domain: String
    /// The domain in the form that is compared and stored as a key: A-labels in lower case.
    package let domainKey: String

    /// Nil unless the text is exactly one mailbox, without angle brackets or comments.
    package init?(_ text: String) {
        var scanner = EmailAddressScanner(Array(text.utf8))
        guard let local = scanner.localPart(), scanner.skip(UInt8(ascii: "@")) else { return nil }
        self.init(local: local, domain: scanner.rest)
    }

    package init?(_ bytes: some Sequence<UInt8>) {
        guard let text = String(validating: Array(bytes), as: UTF8.self) else { return nil }
        self.init(text)
    }

    /// From parts: `local` is the content, not its quoted spelling.
    package init?(local: String, domain: String) {
        guard (1...MessageLimits.localPartLength).contains(local.utf8.count),
            !local.utf8.contains(where: Self.isControl),
            let key = DomainName.key(of: domain)
        else { return nil }
        (self.local, self.domain, self.domainKey) = (local, domain, key)
    }

    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7f }

    package var isAddressLiteral: Bool { domain.utf8.first == UInt8(ascii: "[") }
    /// Whether it can only travel to servers with SMTPUTF8.
    package var needsSMTPUTF8: Bool { local.utf8.contains { $0 >= 0x80 } || domain.utf8.contains { $0 >= 0x80 } }
    /// `local@domain`, the local part quoted when it is not a dot-atom.
    package var description: String { (Self.isDotAtom(local) ? local : Self.quoted(local)) + "@" + domain }
    /// The local part as SMTP writes it.
    package var localText: String { Self.isDotAtom(local) ? local : Self.quoted(local) }

    package static func isDotAtom(_ text: String) -> Bool {
        var scanner = EmailAddressScanner(Array(text.utf8))
        return scanner.dotAtom() != nil && scanner.isAtEnd
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(character)
        }
        return result + "\""
    }
}

extension EmailAddress: Hashable {
    package static func == (left: EmailAddress, right: EmailAddress) -> Bool {
        left.domainKey == right.domainKey && left.local.utf8.elementsEqual(right.local.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(domainKey)
        for byte in local.utf8 { hasher.combine(byte) }
    }
}

/// Local-part of RFC 5321 §4.1.2: Dot-string / Quoted-string, with UTF-8 as RFC 6531 §3.3 adds it.
struct EmailAddressScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }
    var rest: String { String(decoding: bytes[position...], as: UTF8.self) }
    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    mutating func localPart() -> String? { next == UInt8(ascii: "\"") ? quotedString() : dotAtom() }

    // Dot-string = Atom *("." Atom)
    mutating func dotAtom() -> String? {
        let start = position
        repeat {
            let atom = position
            while let byte = next, byte >= 0x80 || ByteClass.isAtomText(byte) { position += 1 }
            guard position > atom else { return nil }
        } while skip(UInt8(ascii: "."))
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    // Quoted-string = DQUOTE *QcontentSMTP DQUOTE
    private mutating func quotedString() -> String? {
        position += 1
        var content: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") { position += 1 }
            guard let plain = next, plain >= 0x20, plain != 0x7f else { return nil }
            content.append(plain)
            position += 1
        }
        return skip(UInt8(ascii: "\"")) ? String(decoding: content, as: UTF8.self) : nil
    }
}
