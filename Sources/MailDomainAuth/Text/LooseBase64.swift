internal import MailCrypto

/// Base64 as keys and signatures are found: padding may be missing; white space is gone already.
enum LooseBase64 {
    static func decode(_ text: [UInt8]) -> [UInt8]? {
        let bare =
            text.last == UInt8(ascii: "=")
            ? text : text + [UInt8](repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
        return Base64.decode(bare)
    }
}
