import Testing

@testable import MailMessage

@Suite struct PreviewTests {
    private func preview(_ lines: String...) -> String? {
        let bytes = Array(lines.joined(separator: "\r\n").utf8)
        let message = ParsedMessage(bytes)
        return Preview.part(of: message).map { Preview.text(of: $0, bytes[$0.bodyRange]) }
    }

    private func plain(_ lines: String...) -> String? {
        preview("Subject: x\r\n\r\n" + lines.joined(separator: "\r\n"))
    }

    private func html(_ text: String) -> String? {
        preview("Content-Type: text/html; charset=utf-8", "", text)
    }

    @Test func plainTextInOneLine() {
        #expect(plain("Dear Anna,", "", "  the  meeting\tis off. ", "") == "Dear Anna, the meeting is off.")
        #expect(plain("") == "")
    }

    @Test func quotesAndTheirIntroductionAreLeftOut() {
        #expect(plain("On Mon, 3 Feb 2025, Anna wrote:", "> Shall we?", "> Yes?", "", "Yes, at ten.") == "Yes, at ten.")
        #expect(
            plain("On Monday, 3 February 2025 at 10:00,", "Anna <anna@x> wrote:", "", "> Shall we?", "Yes.") == "Yes.")
        #expect(plain("Yes.", "", "Anna schrieb:", ">> x", "> y") == "Yes.")
        #expect(plain("Two points:", "one", "> x") == "Two points: one")
    }

    @Test func nothingButQuotesIsShown() { #expect(plain("> one", "> two") == "> one > two") }

    @Test func theSignatureEndsIt() {
        #expect(plain("Hello.", "-- ", "Anna", "Example Ltd") == "Hello.")
        #expect(plain("Hello.", "--", "no signature") == "Hello. -- no signature")
        #expect(plain("Fine.", "-----Original Message-----", "From: b") == "Fine.")
        #expect(plain("-----BEGIN PGP SIGNED MESSAGE-----", "Hash: SHA256", "", "Signed.") == "Signed.")
    }

    @Test(arguments: [
        ("<p>Hello&nbsp;<b>An</b>na,</p><div>see&lt;this&gt;</div>", "Hello Anna, see<this>"),
        ("<html><head><title>T</title><style>p > a { x }</style></head><body>Text</body>", "Text"),
        ("<script>if (a < b) { '</p>' }</script>x", "x"), ("a<!-- <p>no</p> -->b", "ab"),
        ("<a href=\"x>y\">link</a> 1 < 2 &amp; 3", "link 1 < 2 & 3"),
        ("Yes.<blockquote>a<blockquote>b</blockquote>c</blockquote>Bye", "Yes. Bye"),
        ("&#72;&#x69; &unknown; &#0; &#xD800; &", "Hi &unknown; &#0; &#xD800; &"),
        ("one<br>two<br/>three", "one two three"), ("<p", ""), ("<style>never closed", ""), ("<>", "<>"),
        ("\u{200c}&zwnj;\u{ad}visible\u{feff}", "visible"),
    ])
    func markup(html: String, expected: String) { #expect(self.html(html) == expected) }

    @Test func twoHundredCharactersAtMost() {
        let long = String(repeating: "word ", count: 100)
        #expect(plain(long)?.count == 199)  // the space behind the last whole word is none
        #expect(plain(String(repeating: "x", count: 201))?.count == 200)
        #expect(plain(String(repeating: "x", count: 200))?.count == 200)
        let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}"
        let cut = preview("Content-Type: text/plain; charset=utf-8", "", String(repeating: family, count: 50))
        #expect(cut == String(repeating: family, count: 40))
    }

    @Test func thePartThatIsRead() {
        let alternative = preview(
            "Content-Type: multipart/alternative; boundary=b", "", "--b", "", "plain", "--b", "Content-Type: text/html",
            "", "<p>markup</p>", "--b--")
        #expect(alternative == "plain")
        let attached = preview(
            "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain; name=a.txt", "", "file",
            "--b", "Content-Type: text/html", "", "<p>markup</p>", "--b--")
        #expect(attached == "markup")
        #expect(preview("Content-Type: image/png", "", "x") == nil)
    }

    @Test func encodingsAreTakenOff() {
        let text = preview(
            "Content-Type: text/plain; charset=iso-8859-1", "Content-Transfer-Encoding: quoted-printable", "",
            "Gr=FC=DFe =", "aus M=FCnchen")
        #expect(text == "Gr\u{fc}\u{df}e aus M\u{fc}nchen")
    }
}
