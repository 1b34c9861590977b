/// Names of Maildir folders: "modified UTF-7" (RFC 3501 §5.1.3), as Courier and Dovecot write them.
///
/// What a folder's name cannot carry ("." parts levels, "/" parts files) is written as Dovecot's `listescape` plugin does: `\2e`.
enum FolderText {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

    static func encode(_ text: String) -> String {
        var result = ""
        var foreign: [UInt16] = []
        func close() {
            guard !foreign.isEmpty else { return }
            result += "&" + base64(foreign) + "-"
            foreign = []
        }
        for scalar in text.unicodeScalars {
            guard (0x20...0x7e).contains(scalar.value) else {
                foreign += Array(String(scalar).utf16)
                continue
            }
            close()
            switch scalar {
            case "&": result += "&-"
            case ".", "/", "\\": result += "\\" + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        close()
        return result
    }

    /// A name that is none of ours is taken as UTF-8, as some servers write it.
    static func decode(_ name: String) -> String { unescape(fromUTF7(name) ?? name) }

    private static func fromUTF7(_ name: String) -> String? {
        var result = ""
        var rest = name[...]
        while let mark = rest.firstIndex(of: "&") {
            result += rest[..<mark]
            let behind = rest[rest.index(after: mark)...]
            guard let end = behind.firstIndex(of: "-") else { return nil }
            let code = behind[..<end]
            guard let text = code.isEmpty ? "&" : units(code).flatMap({ String(validating: $0, as: UTF16.self) })
            else { return nil }
            result += text
            rest = behind[behind.index(after: end)...]
        }
        return result + rest
    }

    private static func unescape(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "\\") {
            result += rest[..<mark]
            let digits = rest[rest.index(after: mark)...].prefix(2)
            guard digits.count == 2, let code = UInt8(digits, radix: 16), (0x20...0x7e).contains(code) else {
                result += "\\"
                rest = rest[rest.index(after: mark)...]
                continue
            }
            result.unicodeScalars.append(Unicode.Scalar(code))
            rest = rest[digits.endIndex...]
        }
        return result + rest
    }

    private static func base64(_ units: [UInt16]) -> String {
        var result: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for byte in units.flatMap({ [UInt8($0 >> 8), UInt8($0 & 0xff)] }) {
            (bits, count) = (bits << 8 | UInt32(byte), count + 8)
            while count >= 6 {
                count -= 6
                result.append(alphabet[Int(bits >> UInt32(count) & 63)])
            }
            bits &= 63
        }
        if count > 0 { result.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
        return String(decoding: result, as: UTF8.self)
    }

    private static func units(_ code: Substring) -> [UInt16]? {
        var units: [UInt16] = []
        var (bits, count) = (UInt32(0), 0)
        for character in code.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            (bits, count) = (bits << 6 | UInt32(value), count + 6)
            guard count >= 16 else { continue }
            count -= 16
            units.append(UInt16(bits >> UInt32(count) & 0xffff))
            bits &= (1 << UInt32(count)) - 1
        }
        return bits == 0 && count < 6 ? units : nil
    }
}
