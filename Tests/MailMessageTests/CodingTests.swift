import MailMessage
import Testing

struct CodingTests {
    private static let decodesHeaderTextRows: [(raw: String, text: String)] = [
        ("plain", "plain"), ("", ""), ("a = b ?= c =? d", "a = b ?= c =? d"),
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"), ("=?UTF-8?b?R3LDvMOfZQ==?=", "Grüße"),
        ("=?iso-8859-1?q?caf=E9_ol=E9?= x", "café olé x"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"), ("=?utf-8?q?a?=  \t =?utf-8?q?b?= c", "ab c"),
        ("=?utf-8?q?a?= x =?utf-8?q?b?=", "a x b"), ("=?utf-8?q?a?==?utf-8?q?b?=", "ab"),
        ("x=?utf-8?q?a?=y", "xay"),
        // one character in two words, base64 and Q mixed
        ("=?utf-8?B?w7w=?= =?utf-8?B?w58=?=", "üß"), ("=?utf-8?B?ww==?= =?utf-8?B?vA==?=", "ü"),
        ("=?utf-8?B?ww==?= =?utf-8?Q?=BC?=", "ü"),
        ("=?utf-8*en?q?hello?=", "hello"),
        ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"), ("=?gb2312?B?1tDOxA==?=", "中文"),
        ("=?koi8-r?B?8NLJ18XU?=", "Привет"),
        ("=?windows-1252?q?=80=93?=", "€“"), ("=?iso-8859-1?q?=80?=", "€"),
        // broken words stay, or are read as far as they go
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="), ("=?utf-8?Q?abc", "=?utf-8?Q?abc"), ("=??Q?abc?=", "=??Q?abc?="),
        ("=?utf-8?Q?abc?", "=?utf-8?Q?abc?"), ("=?utf-8?Q??=", ""), ("=?utf-8?Q?a b?=", "a b"),
        ("=?utf-8?Q?a=ZZb?=", "a=ZZb"),
        ("=?utf-8?Q?what?_ok?=", "what? ok"), ("=?nonsense?Q?abc=E9?=", "abcé"), ("=?utf-8?Q?=FF?=", "\u{fffd}"),
        ("=?utf-8?B?R3L?=", "Gr"), ("=?utf-8?B?!!?=", ""), ("=?", "=?"), ("=?=?=?", "=?=?=?"),
        ("Grüße", "Grüße"),
    ]

    @Test(arguments: decodesHeaderTextRows)
    func decodesHeaderText(_ row: (raw: String, text: String)) {
        #expect(EncodedWord.decode(Array(row.raw.utf8)) == row.text)
    }

    @Test func unlabelledEightBitTextIsUTF8OrLatin1() {
        #expect(EncodedWord.decode([0x63, 0xe9]) == "cé")
        #expect(Charset.decode([0xc3, 0xa9], label: nil) == "é")
    }

    @Test(arguments: [
        "", "plain text", "Grüße aus München", String(repeating: "日本語テキスト", count: 30), "=?tricky?=", " space ",
        "tab\there", "line\r\nbreak: injected",
    ])
    func encodedTextComesBack(_ text: String) {
        let encoded = EncodedWord.encode(text)
        #expect(EncodedWord.decode(encoded.filter { $0 != 0x0d && $0 != 0x0a }) == text)
        #expect(encoded.split(separator: 0x0a).allSatisfy { $0.count <= 77 })
        #expect(!encoded.contains(0x0a) || encoded.contains(0x3f))
    }

    private static let decodesBase64Rows: [(encoded: String, decoded: String)] = [
        ("SGVsbG8=", "Hello"), ("SGVs\r\nbG8=", "Hello"), ("SGVsbG8", "Hello"), ("SGVsbG", "Hell"), ("SGVsb", "Hel"),
        ("S G V*s bG8=!", "Hello"), ("SGVsbG8=SGVsbG8=", "HelloHello"), ("SGVsbG8==", "Hello"), ("====", ""), ("", ""),
    ]

    @Test(arguments: decodesBase64Rows)
    func decodesBase64(_ row: (encoded: String, decoded: String)) {
        check(Array(row.encoded.utf8), .base64, row.decoded)
    }

    private static let decodesQuotedPrintableRows: [(encoded: String, decoded: String)] = [
        ("a=3Db", "a=b"), ("a=\r\nb", "ab"), ("a=\nb", "ab"), ("a= \t\r\nb", "ab"), ("a  \r\nb", "a\r\nb"),
        ("a \t b", "a \t b"),
        ("=c3=BC", "ü"), ("a=ZZ", "a=ZZ"), ("a=4", "a=4"), ("a=", "a"), ("a==41", "a=A"), ("=4=41", "=4A"),
        ("a= b", "a= b"),
        ("a \n\nb ", "a\n\nb"), ("a\rb", "a\rb"), ("a=\rb", "ab"), ("x = y", "x = y"), ("", ""),
    ]

    @Test(arguments: decodesQuotedPrintableRows)
    func decodesQuotedPrintable(_ row: (encoded: String, decoded: String)) {
        check(Array(row.encoded.utf8), .quotedPrintable, row.decoded)
    }

    /// Whole, and cut at every place.
    private func check(_ bytes: [UInt8], _ encoding: TransferEncoding, _ expected: String) {
        #expect(text(TransferDecoder.decode(bytes, encoding)) == expected)
        for cut in bytes.indices {
            var decoder = TransferDecoder(encoding)
            let decoded = decoder.consume(bytes[..<cut]) + decoder.consume(bytes[cut...]) + decoder.finish()
            #expect(text(decoded) == expected, "cut at \(cut)")
        }
    }

    @Test func encodersComeBackAndKeepTheirLines() {
        var state: UInt32 = 7
        for count in 0..<300 {
            let bytes = (0..<count).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return UInt8(truncatingIfNeeded: state >> 24)
            }
            let base64 = TransferEncoder.base64(bytes)
            #expect(TransferDecoder.decode(base64, .base64) == bytes)
            #expect(base64.split(separator: 0x0a).allSatisfy { $0.count <= 77 })
            let printable = bytes.filter { $0 != 0x0a && $0 != 0x0d }
            let quoted = TransferEncoder.quotedPrintable(printable)
            #expect(TransferDecoder.decode(quoted, .quotedPrintable) == printable)
            #expect(quoted.split(separator: 0x0a).allSatisfy { $0.count <= 77 })
        }
    }

    private static let encodesQuotedPrintableRows: [(plain: String, encoded: String)] = [
        ("a\nb\r\nc", "a\r\nb\r\nc"), ("trailing \n", "trailing=20\r\n"), ("ü=", "=C3=BC=3D"), (".\n", "=2E\r\n"),
        ("From me", "=46rom me"), ("Fine", "Fine"), ("a\rb", "a=0Db"),
    ]

    @Test(arguments: encodesQuotedPrintableRows)
    func encodesQuotedPrintable(_ row: (plain: String, encoded: String)) {
        #expect(text(TransferEncoder.quotedPrintable(Array(row.plain.utf8))) == row.encoded)
    }

    private static let decodesCharsetsRows: [(bytes: [UInt8], label: String, text: String)] = [
        ([0xe9], "iso-8859-1", "é"), ([0x93], "ISO-8859-1", "“"), ([0xa4], "iso-8859-15", "€"),
        ([0xc3, 0xa9], "utf8", "é"),
        ([0xfe, 0xff, 0x00, 0x41], "utf-16", "A"), ([0x41, 0xff, 0x42], "utf-8", "A\u{fffd}B"),
        ([0x93, 0xfa, 0x96, 0x7b], "Shift_JIS", "日本"), ([0x93, 0xfa, 0x96], "x-sjis", "日\u{fffd}"),
        ([0xb0, 0xa1], "ks_c_5601-1987", "가"), ([0x41], "no/such//IGNORE", "A"), ([0xe9], "x-unknown", "é"),
        ([0x2b, 0x41, 0x4f, 0x6b, 0x2d], "utf-7", "é"), ([0xe9], String(repeating: "x", count: 100), "é"),
        ([], "koi8-r", ""),
    ]

    @Test(arguments: decodesCharsetsRows)
    func decodesCharsets(_ row: (bytes: [UInt8], label: String, text: String)) {
        #expect(Charset.decode(row.bytes, label: row.label) == row.text)
    }

    @Test func knownCharsets() {
        for label in ["utf-8", "US-ASCII", "iso-8859-1", "koi8-r", "GB2312", "Shift_JIS"] {
            #expect(Charset.isKnown(label))
        }
        for label in ["", "nonsense", "../etc", "utf-8//TRANSLIT"] where label != "utf-8//TRANSLIT" {
            #expect(!Charset.isKnown(label))
        }
    }
}
