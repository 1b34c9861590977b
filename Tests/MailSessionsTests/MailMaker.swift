import MailMessage
import MailStore
import MailWire

/// Random mail in many charsets and shapes, the same for the same seed.
struct MailMaker {
    var random: SplitMix

    static let words = [
        "zebra", "Straße", "ÅNGSTRÖM", "résumé", "Ελλάδα", "Привет", "東京都", "naïve", "ﬁle", "a", "ab", "=?utf-8?q?x?=",
        "Tokyo 東京", "x\u{301}", "ı", "tail\u{a0}end", "12,50 €", "<b>bold</b>", "back\\slash", "\"quoted\"",
    ]
    private static let charsets = ["utf-8", "iso-8859-1", "windows-1252", "us-ascii", "iso-2022-jp", "koi8-r", nil]
    private static let encodings = ["7bit", "8bit", "quoted-printable", "base64", nil]

    mutating func text(_ count: Int) -> String {
        (0..<count).map { _ in Self.words[random.below(Self.words.count)] }.joined(
            separator: random.below(4) == 0 ? "" : " ")
    }

    mutating func message() -> StorableMessage {
        StorableMessage(Array((header() + (random.below(3) == 0 ? multipart() : part())).utf8))
    }

    private mutating func header() -> String {
        let subject = text(3)
        let encoded = random.below(2) == 0 ? subject : "=?utf-8?b?\(Self.base64(Array(subject.utf8)))?="
        return
            "Subject: \(encoded)\r\nFrom: \"\(text(1))\\\"\" <some.one@example.test>\r\nTo: \(text(1))<b@example.test>,\r\n c@d\r\n"
            + "X-Note: \(text(2))\r\n\t\(text(1))\r\n"
    }

    private mutating func multipart() -> String {
        let inner =
            random.below(2) == 0
            ? part() : "Content-Type: message/rfc822\r\n\r\nSubject: inner \(text(1))\r\n\r\n\(text(3))"
        return
            "Content-Type: multipart/mixed; boundary=zz\r\n\r\npreamble \(text(2))\r\n--zz\r\n\(part())\r\n--zz\r\n\(inner)"
            + "\r\n--zz--\r\nepilogue \(text(2))\r\n"
    }

    private mutating func part() -> String {
        let charset = Self.charsets[random.below(Self.charsets.count)]
        let encoding = Self.encodings[random.below(Self.encodings.count)]
        let type = random.below(5) == 0 ? "application/octet-stream" : "text/plain"
        var result = "Content-Type: \(type)\(charset.map { "; charset=\($0)" } ?? "")\r\n"
        if let encoding { result += "Content-Transfer-Encoding: \(encoding)\r\n" }
        let body = text(random.below(30))
        return result + "\r\n" + (encoding == "base64" ? Self.base64(Array(body.utf8)) : body) + "\r\n"
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var (result, held, bits) = ([UInt8](), UInt32(0), UInt32(0))
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                result.append(digits[Int(held >> bits & 63)])
            }
        }
        if bits > 0 { result.append(digits[Int(held << (6 - bits) & 63)]) }
        while result.count % 4 != 0 { result.append(UInt8(ascii: "=")) }
        return String(decoding: result, as: UTF8.self)
    }

    /// A piece of what may be there, cut anywhere between characters.
    mutating func needle() -> [UInt8] {
        let whole = Array(text(2).unicodeScalars)
        let start = random.below(max(1, whole.count))
        let piece = whole.dropFirst(start).prefix(1 + random.below(8))
        return Array(String(String.UnicodeScalarView(Array(piece))).utf8)
    }

    mutating func key(_ depth: Int = 0) -> SearchKey {
        switch random.below(depth > 2 ? 5 : 9) {
        case 0: .body(needle())
        case 1: .text(needle())
        case 2: .envelope([.subject, .from, .to, .cc][random.below(4)], needle())
        case 3: .header(name: Array(["X-Note", "Subject", "To"][random.below(3)].utf8), text: needle())
        case 4: .flag(.seen)
        case 5: .not(key(depth + 1))
        case 6, 7: .and([key(depth + 1), key(depth + 1)])
        default: .or([key(depth + 1), key(depth + 1)])
        }
    }
}

extension SplitMix {
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
