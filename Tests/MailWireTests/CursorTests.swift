import MailWire
import Testing

@Suite("Byte cursor")
struct CursorTests {
    @Test("a byte is taken only when it is the one", arguments: [("ab", true, 1), ("ba", false, 0), ("", false, 0)])
    func byte(text: String, found: Bool, end: Int) {
        var cursor = ByteCursor(text)
        #expect(cursor.byte(UInt8(ascii: "a")) == found)
        #expect(cursor.offset == end)
    }

    @Test("an input that ends is incomplete, one that goes on wrongly is invalid")
    func incompleteIsNotInvalid() {
        for (text, reason) in [("", SyntaxError.Reason.incomplete), ("x", .invalid)] {
            var cursor = ByteCursor(text)
            #expect(throws: SyntaxError(reason, expected: "a digit", offset: 0)) {
                try cursor.expectByte(UInt8(ascii: "1"), "a digit")
            }
            #expect(throws: SyntaxError(reason, expected: "digits", offset: 0)) {
                _ = try cursor.expectRun(of: .digit, "digits")
            }
            #expect(throws: SyntaxError(reason, expected: "a number", offset: 0)) {
                _ = try cursor.expectNumber("a number")
            }
            #expect(throws: SyntaxError(reason, expected: "OK", offset: 0)) { try cursor.expectText("OK", "OK") }
            #expect(cursor.offset == 0)
        }
    }

    @Test(
        "text is compared without regard to case",
        arguments: [
            ("NIL)", true, 3), ("nil", true, 3), ("nIl", true, 3), ("ni", false, 0), ("nix", false, 0), ("", false, 0),
        ])
    func text(text: String, found: Bool, end: Int) {
        var cursor = ByteCursor(text)
        #expect(cursor.text("NIL") == found)
        #expect(cursor.offset == end)
    }

    @Test(
        "numbers stop at 64 bits, at twenty digits and at the caller's maximum",
        arguments: [
            ("0", UInt64.max, UInt64(0) as UInt64?, 1),
            ("007x", .max, 7, 3),
            ("18446744073709551615", .max, .max, 20),
            ("18446744073709551616", .max, nil, 0),
            ("00000000000000000001", .max, 1, 20),
            ("000000000000000000001", .max, nil, 0),
            ("99999999999999999999999999", .max, nil, 0),
            ("4294967295", 4_294_967_295, 4_294_967_295, 10),
            ("4294967296", 4_294_967_295, nil, 0),
            ("-1", .max, nil, 0),
            ("", .max, nil, 0),
        ])
    func number(text: String, maximum: UInt64, value: UInt64?, end: Int) {
        var cursor = ByteCursor(text)
        #expect(cursor.number(maximum: maximum) == value)
        #expect(cursor.offset == end)
    }

    @Test(
        "taking more than there is takes nothing",
        arguments: [(0, true, 0), (3, true, 3), (4, false, 0), (-1, false, 0)])
    func take(count: Int, found: Bool, end: Int) {
        var cursor = ByteCursor("abc")
        #expect((cursor.take(count) != nil) == found)
        #expect(cursor.offset == end)
        #expect(cursor.remaining == 3 - end)
    }

    @Test("a rule of several elements is all or nothing")
    func all() throws {
        var cursor = ByteCursor("ab")
        #expect(throws: SyntaxError(.incomplete, expected: "c", offset: 2)) {
            try cursor.all { inner throws(SyntaxError) in
                try inner.expectText("ab", "ab")
                try inner.expectByte(UInt8(ascii: "c"), "c")
            }
        }
        #expect(cursor.offset == 0)
        try cursor.all { inner throws(SyntaxError) in try inner.expectText("ab", "ab") }
        #expect(cursor.isAtEnd)
    }

    @Test("peeking never leaves the input", arguments: [(-1, nil), (0, 97), (1, 98), (2, nil), (Int.max, nil)])
    func peek(distance: Int, byte: UInt8?) {
        #expect(ByteCursor("ab").peek(distance) == byte)
    }

    @Test("byte classes hold exactly their bytes")
    func byteClass() {
        let wanted = ByteClass(0x30...0x39, 0xf0...0xff, and: "ab", except: "5")
        let found = (0...255).map { UInt8($0) }.filter(wanted.contains)
        #expect(found == Array("012346789ab".utf8) + Array(0xf0...0xff))
        #expect(wanted.union(ByteClass(and: "5")).contains(0x35))
        #expect(wanted.adding("z").removing("a").contains(0x7a))
        #expect(!wanted.removing("a").contains(0x61))
    }
}
