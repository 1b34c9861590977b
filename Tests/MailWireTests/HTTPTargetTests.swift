import Testing

@testable import MailWire

@Suite struct HTTPTargetTests {
    @Test(
        arguments: [
            ("/", []), ("/a", ["a"]), ("/a/", ["a", ""]), ("//a", ["", "a"]), ("/a/b%20c", ["a", "b c"]),
            ("/%C3%A5", ["\u{e5}"]), ("/a+b", ["a+b"]), ("/...", ["..."]), ("/.a", [".a"]), ("/a?b=/../c", ["a"]),
            ("https://a.test/b", ["b"]), ("HTTP://a.test", []), ("https://a.test?b=/c", []),
            ("/a:b@c!$&'()*,;=~", ["a:b@c!$&'()*,;=~"]),
        ] as [(String, [String])])
    func paths(text: String, segments: [String]) throws {
        #expect(try HTTPTarget(text).segments == segments)
    }

    @Test(arguments: [
        "", "a", "*", "?a", "/a#b", "/.", "/..", "/../a", "/a/../b", "/a/./b", "/a/..", "/%2e%2e/a", "/%2E",
        "/a/.%2e/b",
        "/a%2fb", "/a%2Fb", "/a%5cb", "/a\\b", "/%00", "/%0d%0aX", "/%7f", "/%", "/%2", "/%g0", "/%2", "/%c0%af",
        "/%ff",
        "/%ed%a0%80", "/?a=%", "/?a=%ff", "/?%c0%80", "file:///a", "https:a",
    ])
    func badPaths(text: String) { #expect(throws: HTTPRefusal.self) { try HTTPTarget(text) } }

    @Test func theAuthorityIsKept() throws {
        #expect(try HTTPTarget("https://A.test:8443/b?c=d").authority == "A.test:8443")
        #expect(try HTTPTarget("/b").authority == nil)
        #expect(try HTTPTarget("https://a.test?b=c").query["b"] == "c")
    }
}

@Suite struct FormPairsTests {
    private static func pairs(_ text: String) throws(HTTPRefusal) -> FormPairs { try FormPairs(Array(text.utf8)) }

    @Test(
        arguments: [
            ("", []), ("a=b", [("a", "b")]), ("a=b&c=d", [("a", "b"), ("c", "d")]), ("a", [("a", "")]),
            ("a=", [("a", "")]),
            ("=b", [("", "b")]), ("a=b=c", [("a", "b=c")]), ("&&a=b&", [("a", "b")]), ("a+b=c+d", [("a b", "c d")]),
            ("a%2Bb=%26%3d", [("a+b", "&=")]), ("a=1&a=2", [("a", "1"), ("a", "2")]), ("n=%C3%B6", [("n", "\u{f6}")]),
            ("a;b=c", [("a;b", "c")]),
        ] as [(String, [(String, String)])])
    func forms(text: String, pairs: [(String, String)]) throws {
        let form = try Self.pairs(text)
        #expect(form == FormPairs(pairs))
        #expect(try Self.pairs(form.encoded) == form)
    }

    @Test(arguments: ["a=%", "a=%0", "a=%zz", "%=a", "a=%ff", "a=%c3", "%f0%80%80%80=a"])
    func badForms(text: String) { #expect(throws: HTTPRefusal.self) { try Self.pairs(text) } }

    @Test func theFirstOfOneName() throws {
        let form = try Self.pairs("a=1&b=2&a=3")
        #expect(form["a"] == "1" && form.values("a") == ["1", "3"] && form["c"] == nil)
    }

    @Test(arguments: [(0, true), (1, false)]) func mostPairs(over: Int, isGood: Bool) {
        let text = Array(repeating: "a=b", count: HTTPWireLimits.mostPairs + over).joined(separator: "&")
        #expect(((try? Self.pairs(text)) != nil) == isGood)
    }

    @Test(arguments: ["", "a", "a b", "\u{e5}&=+%", "\0\r\n", "~._-"]) func percentCodingThereAndBack(text: String) {
        #expect(PercentCoding.text(Array(PercentCoding.encoded(text).utf8), plusIsSpace: true) == text)
    }
}
