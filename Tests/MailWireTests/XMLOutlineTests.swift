import Testing

@testable import MailWire

@Suite struct XMLOutlineTests {
    private static func outline(_ text: String) throws(XMLRefusal) -> XMLOutline { try XMLOutline(Array(text.utf8)) }

    @Test(arguments: [
        ("<a/>", ["a"], ""), ("<a></a>", ["a"], ""), ("<a>b</a>", ["a"], "b"), ("<a> b\n</a>", ["a"], "b"),
        ("\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a>b</a>\n", ["a"], "b"),
        ("<a>x<b>y</b>z</a>", ["a", "b"], "y"),
        ("<a>x<b>y</b>z</a>", ["a"], "xz"), ("<p:a xmlns:p='u'><q:b c=\"d\">e</q:b></p:a>", ["a", "b"], "e"),
        ("<a>&lt;&amp;&gt;&quot;&apos;</a>", ["a"], "<&>\"'"), ("<a>&#x41;&#66;&#xe5;</a>", ["a"], "AB\u{e5}"),
        ("<!-- x --><a><!-- <b> -->c<!----></a><!-- y -->", ["a"], "c"), ("<a b='&lt;'  c = 'd'>e</a >", ["a"], "e"),
        ("<a b='x>y'>e</a>", ["a"], "e"), ("<a><b/><b/></a>", ["a"], ""),
    ])
    func texts(document: String, path: [String], text: String) throws {
        #expect(try Self.outline(document).text(at: path) == text)
    }

    @Test func whatIsThereTwiceIsNot() throws {
        #expect(try Self.outline("<a><b>1</b><b>2</b></a>").text(at: ["a", "b"]) == nil)
        #expect(try Self.outline("<a/>").text(at: ["b"]) == nil)
    }

    @Test(arguments: [
        "", " ", "a", "<", "<a", "<a>", "<a/", "</a>", "<a></b>", "<a></a></a>", "<a/><b/>", "<a/>b", "b<a/>",
        "<a><b></a></b>",
        "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a>&b;</a>", "<a>&</a>", "<a>&lt</a>",
        "<a><![CDATA[b]]></a>", "<?xml?", "<?xml <a/>?>", "<a><?php x?></a>", " <?xml version='1.0'?><a/>", "<a b/>",
        "<a b=c/>",
        "<a b='c/>", "<a b='<'/>", "<a b='c'd='e'/>", "<!-- <a/>", "<!-- -- --><a/>", "<1/>", "<-a/>", "<a:b:c/>",
        "<:a/>", "<a:/>",
        "<\u{e5}/>", "<a>\0</a>", "<a>\u{1}</a>", "<a>&#0;</a>", "<a>&#xd800;</a>", "<a>&#x110000;</a>",
        "<a>&#99999999;</a>",
        "<a>&#;</a>", "<a>&#x;</a>", "<a>&#-1;</a>", "< a/>", "<a / >",
    ])
    func refused(document: String) { #expect(throws: XMLRefusal.self) { try Self.outline(document) } }

    @Test func notUTF8() { #expect(throws: XMLRefusal.self) { try XMLOutline([0x3c, 0x61, 0x3e, 0xff]) } }

    @Test(arguments: [(0, true), (1, false)]) func bounds(over: Int, isGood: Bool) {
        let (levels, elements) = (XMLLimits.mostLevels + over, XMLLimits.mostElements + over)
        let deep = String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels)
        let wide = "<a>" + String(repeating: "<b/>", count: elements - 1) + "</a>"
        let attributes = "<a" + String(repeating: " b=''", count: XMLLimits.mostAttributes + over) + "/>"
        let name = "<" + String(repeating: "a", count: XMLLimits.longestName + over) + "/>"
        for document in [deep, wide, attributes, name] {
            #expect(((try? Self.outline(document)) != nil) == isGood, "\(document.prefix(40))")
        }
    }

    /// A million beginnings are no deeper recursion than one.
    @Test func depthIsNoRecursion() {
        #expect(throws: XMLRefusal.self) { try Self.outline(String(repeating: "<a>", count: 300_000)) }
    }
}
