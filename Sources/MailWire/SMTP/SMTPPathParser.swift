import MailMessage

extension ReversePath {
    /// Reverse-path = Path / "<>" — RFC 5321 §4.1.2
    init(_ cursor: inout ByteCursor) throws(SMTPError) {
        let text = try pathText(&cursor)
        if text.isEmpty {
            self = .null
        } else if let address = EmailAddress(text) {
            self = .mailbox(address)
        } else {
            throw .badSender
        }
    }
}

extension ForwardPath {
    init(_ cursor: inout ByteCursor) throws(SMTPError) {
        let text = try pathText(&cursor)
        if text.asciiUppercased == "POSTMASTER" {
            self = .postmaster
        } else if let address = EmailAddress(text) {
            self = .mailbox(address)
        } else {
            throw .badRecipient
        }
    }
}

/// Path = "<" [ A-d-l ":" ] Mailbox ">" — what stands between the brackets, the source route left out
/// (RFC 5321 §4.1.1.3: accepted and ignored). We deliberately take a space after the colon: many devices send it.
private func pathText(_ cursor: inout ByteCursor) throws(SMTPError) -> String {
    cursor.skipSpaces()
    guard cursor.character("<") else { throw .badPath }
    if cursor.peek() == UInt8(ascii: "@") {
        _ = cursor.run { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ">") }
        guard cursor.character(":") else { throw .badPath }
    }
    let bytes = try mailboxBytes(&cursor)
    guard bytes.count <= SMTPLimits.path, let text = String(validating: bytes, as: UTF8.self) else { throw .badPath }
    return text
}

/// Up to the closing bracket, which a quoted local part may contain.
private func mailboxBytes(_ cursor: inout ByteCursor) throws(SMTPError) -> [UInt8] {
    var result: [UInt8] = []
    var isQuoted = false
    while let byte = cursor.anyByte() {
        switch byte {
        case UInt8(ascii: ">") where !isQuoted: return result
        case UInt8(ascii: "\\") where isQuoted:
            guard let escaped = cursor.anyByte() else { throw .badPath }
            result += [byte, escaped]
            continue
        case UInt8(ascii: "\""): isQuoted.toggle()
        default: break
        }
        result.append(byte)
    }
    throw .badPath
}
