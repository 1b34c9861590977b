/// The texts of an ENVELOPE that SUBJECT, FROM, TO, CC and BCC look into (RFC 9051 §6.4.4), folded.
package enum EnvelopeSearch {
    package static func contains(_ item: EnvelopeText.Item, _ needle: [UInt8], in envelope: EnvelopeText) -> Bool {
        var isFound = false
        eachText(item, of: envelope) { text in
            isFound = ByteSearch.contains(text, needle)
            return !isFound
        }
        return isFound
    }

    /// For an index of them.
    package static func eachText(of envelope: EnvelopeText, _ body: ([UInt8]) -> Void) {
        for item in [EnvelopeText.Item.subject, .from, .to, .cc, .bcc] {
            eachText(item, of: envelope) { text in
                body(text)
                return true
            }
        }
    }

    /// Until `body` returns false.
    package static func eachText(_ item: EnvelopeText.Item, of envelope: EnvelopeText, _ body: ([UInt8]) -> Bool) {
        guard item != .subject else {
            if let subject = envelope.string(.subject) { _ = body(folded(subject)) }
            return
        }
        envelope.addresses(item) { body(folded(text(of: $0))) }
    }

    private static func folded(_ value: [UInt8]) -> [UInt8] {
        let isPlain = value.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "=") }
        return isPlain ? CaseFolding.fold(utf8: value) : CaseFolding.fold(EncodedWord.decode(value))
    }

    /// `Name <local@domain>`
    private static func text(of address: MailAddress) -> [UInt8] {
        let bare = address.domain.isEmpty ? address.local : address.local + [UInt8(ascii: "@")] + address.domain
        guard let name = address.name else { return bare }
        return name + Array(" <".utf8) + bare + [UInt8(ascii: ">")]
    }
}
