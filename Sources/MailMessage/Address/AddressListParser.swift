/// Reads address-list (RFC 5322 §3.4 with §4.4) and what mailers write instead. One pass, no recursion.
struct AddressListParser {
    private struct Word {
        var text: [UInt8]
        let followsSpace: Bool
    }

    private var scanner: AddressScanner
    private var items: [AddressList.Item] = []
    private var words: [Word] = []
    private var comment: [UInt8]?
    /// `local@domain` without angle brackets, or all that the brackets held.
    private var bare: MailAddress?
    private var complete: MailAddress?
    private var isInGroup = false

    init(_ bytes: [UInt8]) { scanner = AddressScanner(bytes) }

    mutating func parse() -> [AddressList.Item] {
        while items.count < MessageLimits.addresses, let byte = scanner.peek { take(byte) }
        finishAddress()
        endGroup()
        return items
    }

    private mutating func take(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "("): comment = scanner.comment()
        case UInt8(ascii: ","): separate()
        case UInt8(ascii: ";"):
            separate()
            endGroup()
        case UInt8(ascii: "<"): takeAngle()
        case UInt8(ascii: "@"): takeDomain()
        case UInt8(ascii: ":") where !isInGroup && bare == nil && complete == nil: startGroup()
        case _ where ByteClass.isSpace(byte): scanner.skipSpace()
        default: takeWord()
        }
    }

    private mutating func takeWord() {
        let followsSpace = scanner.followsSpace
        let text = scanner.peek == UInt8(ascii: "\"") ? scanner.quotedString() : scanner.atom()
        guard complete == nil else { return }  // rubbish behind the closing bracket
        if followsSpace || words.isEmpty {
            words.append(Word(text: text, followsSpace: followsSpace))
        } else {
            words[words.count - 1].text += text
        }
    }

    private mutating func separate() {
        scanner.advance()
        finishAddress()
    }

    /// group = display-name ":" [group-list] ";"
    private mutating func startGroup() {
        scanner.advance()
        items.append(.groupStart(name: phrase() ?? []))
        isInGroup = true
        reset()
    }

    private mutating func endGroup() {
        if isInGroup { items.append(.groupEnd) }
        isInGroup = false
    }

    /// name-addr: what stood before is the name, even when it looks like an address itself.
    private mutating func takeAngle() {
        if let bare { words.append(Word(text: bare.local + [UInt8(ascii: "@")] + bare.domain, followsSpace: true)) }
        bare = nil
        let found = scanner.angleAddress()
        if complete == nil {
            complete = MailAddress(name: phrase(), route: found.route, local: found.local, domain: found.domain)
        }
    }

    /// addr-spec without brackets: the words right before the "@" are its local part, others a name.
    private mutating func takeDomain() {
        scanner.advance()
        let domain = scanner.domain()
        guard complete == nil else { return }
        if bare != nil { return appendDomain(domain) }
        var first = max(0, words.count - 1)
        while first > 0, words[first - 1].text.last == UInt8(ascii: ".") || words[first].text.first == UInt8(ascii: ".")
        {
            first -= 1
        }
        let local = Array(words[first...].map(\.text).joined())
        words.removeSubrange(first...)
        bare = MailAddress(local: local, domain: domain)
    }

    /// `a@b@c`: the last domain counts. In place, because there may be very many.
    private mutating func appendDomain(_ domain: [UInt8]) {
        let former = bare?.domain ?? []
        bare?.local.append(UInt8(ascii: "@"))
        bare?.local.append(contentsOf: former)
        bare?.domain = domain
    }

    private mutating func finishAddress() {
        if let address = complete {
            append(address, name: address.name ?? comment)
        } else if let address = bare {
            append(address, name: phrase() ?? comment)
        } else if let name = phrase() {
            items.append(.address(MailAddress(name: comment, local: name, domain: [])))
        }
        reset()
    }

    private mutating func append(_ address: MailAddress, name: [UInt8]?) {
        guard name != nil || !address.local.isEmpty || !address.domain.isEmpty else { return }  // "<>" says nothing
        items.append(
            .address(MailAddress(name: name, route: address.route, local: address.local, domain: address.domain)))
    }

    private func phrase() -> [UInt8]? {
        guard var text = words.first?.text else { return nil }
        for word in words.dropFirst() {
            text.append(0x20)
            text.append(contentsOf: word.text)
        }
        return text.isEmpty ? nil : text
    }

    private mutating func reset() { (words, comment, bare, complete) = ([], nil, nil, nil) }
}
