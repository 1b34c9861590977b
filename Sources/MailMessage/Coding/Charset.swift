/// Text from bytes in any charset that iconv knows. Never fails: what cannot be read becomes U+FFFD.
package enum Charset {
    /// Labels that mail uses and iconv does not know, or means more narrowly than mailers do.
    private static let aliases: [String: String] = [
        "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "x-unknown": "", "unknown-8bit": "", "unknown": "", "none": "",
        "default": "", "8bit": "", "binary": "",
        // Who writes Latin-1 means its Windows form (WHATWG Encoding §4.2).
        "iso-8859-1": "windows-1252", "iso8859-1": "windows-1252", "latin1": "windows-1252", "latin-1": "windows-1252",
        "iso_8859-1": "windows-1252", "l1": "windows-1252", "cp-1252": "windows-1252", "ansi": "windows-1252",
        "iso-8859-9": "windows-1254", "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8",
        "cp-850": "cp850", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "ksc5601": "cp949",
        "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "x-sjis": "cp932",
        "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-euc-jp": "euc-jp",
        "iso-2022-jp": "iso-2022-jp-3", "big5": "big5-hkscs", "x-big5": "big5-hkscs", "x-mac-roman": "macintosh",
        "macroman": "macintosh", "x-windows-949": "cp949", "tis-620": "cp874", "iso-8859-11": "cp874",
        "unicode": "utf-16", "utf-7": "utf-7", "unicode-1-1-utf-7": "utf-7", "x-utf-7": "utf-7",
    ]

    /// `label` as a mail names it. Without one, or with an unknown one: UTF-8 if it is valid, else Windows-1252.
    package static func decode(_ bytes: some Collection<UInt8>, label: String?) -> String {
        let bytes = Array(bytes)
        let name = canonical(label ?? "")
        switch name {
        case "", "us-ascii", "ascii", "utf-8":
            if let text = String(validating: bytes, as: UTF8.self) { return text }
            return name == "utf-8" ? String(decoding: bytes, as: UTF8.self) : windows1252(bytes)
        case "windows-1252":
            return windows1252(bytes)
        default:
            return Converter(name)?.convert(bytes) ?? decode(bytes, label: nil)
        }
    }

    /// For `SEARCH CHARSET` (RFC 9051 §6.4.4): whether text in it can be read.
    package static func isKnown(_ label: String) -> Bool {
        let name = canonical(label)
        return ["us-ascii", "ascii", "utf-8", "windows-1252"].contains(name)
            || (!name.isEmpty && Converter(name) != nil)
    }

    private static let usual = Array("utf-8".utf8)

    /// Lower case, without a language (`utf-8*en`, RFC 2231 §5), and by its usual name.
    private static func canonical(_ label: String) -> String {
        if label.utf8.elementsEqual(usual, by: { $0.asciiLowercased == $1 }) { return "utf-8" }
        let bare = label.utf8.prefix { $0 != UInt8(ascii: "*") }
        guard bare.count <= MessageLimits.charsetNameLength else { return "" }
        let kept = bare.filter { ByteClass.isToken($0) || $0 == UInt8(ascii: ":") }.map(\.asciiLowercased)
        let name = String(decoding: kept, as: UTF8.self)
        return aliases[name] ?? name
    }

    private static let upperControls: [Unicode.Scalar] = Array(
        ("\u{20ac}\u{fffd}\u{201a}\u{192}\u{201e}\u{2026}\u{2020}\u{2021}\u{2c6}\u{2030}\u{160}\u{2039}\u{152}\u{fffd}"
            + "\u{17d}\u{fffd}\u{fffd}\u{2018}\u{2019}\u{201c}\u{201d}\u{2022}\u{2013}\u{2014}\u{2dc}\u{2122}\u{161}"
            + "\u{203a}\u{153}\u{fffd}\u{17e}\u{178}").unicodeScalars)

    private static func windows1252(_ bytes: [UInt8]) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        var text = String.UnicodeScalarView()
        for byte in bytes {
            text.append((0x80..<0xa0).contains(byte) ? upperControls[Int(byte) - 0x80] : Unicode.Scalar(byte))
        }
        return String(text)
    }
}
