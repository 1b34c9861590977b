import Testing

@testable import MailProbe

@Suite struct TalkTests {
    @Test(
        arguments: [
            ("* OK ready", .imap), ("* BYE too many", .imap), ("+OK", .pop3), ("-ERR no", .pop3),
            ("220 mx ESMTP", .smtp),
            ("554 no", .smtp), ("220 ftp.uni.example FTP server", .ftp), ("HTTP/1.1 400 Bad Request", .http),
            ("<html>", .http),
            ("SSH-2.0-OpenSSH_9.2", .ssh), ("", nil), ("22", nil), ("hello", nil), ("999 x", nil), ("220x", nil),
        ] as [(String, SpokenLanguage?)])
    func firstLines(line: String, language: SpokenLanguage?) {
        #expect(SpokenLanguage.spoken(in: line) == language)
    }

    @Test(
        arguments: [
            (.imap, ["IMAP4rev1", "AUTH=PLAIN", "LOGINDISABLED"], ["PLAIN"]), (.imap, ["IMAP4rev1"], ["LOGIN"]),
            (.imap, ["LOGINDISABLED"], []), (.pop3, ["USER", "SASL PLAIN LOGIN"], ["USER", "PLAIN", "LOGIN"]),
            (.pop3, ["STLS"], []),
            (.smtp, ["SIZE 1", "AUTH PLAIN cram-md5", "AUTH=LOGIN"], ["PLAIN", "CRAM-MD5", "LOGIN"]),
            (.smtp, ["AUTHOR X"], []),
        ] as [(SpokenLanguage, [String], Set<String>)])
    func mechanisms(language: SpokenLanguage, capabilities: [String], offered: Set<String>) {
        #expect(Mechanisms.offered(language, capabilities) == offered)
    }

    @Test(
        arguments: [
            ("NO [AUTHENTICATIONFAILED] Authentication failed.", .wrong), ("535 5.7.8 Error", .wrong),
            ("-ERR [AUTH] no", .wrong),
            ("NO [UNAVAILABLE] Too many failed logins: try again in 300 seconds", .locked),
            ("525 5.7.13 This account is disabled", .disabled),
            ("NO [LIMIT] Too many connections", .connections),
            ("NO [EXPIRED] No mail password has been set", .noPassword),
            ("NO [CONTACTADMIN] IMAP is switched off for this account", .protocolOff),
            ("454 4.7.0 Logging in is not possible now", .busy),
            ("", .wrong),
        ] as [(String, LoginRefusal)])
    func refusals(text: String, meaning: LoginRefusal) {
        #expect(LoginRefusal(text) == meaning)
    }

    @Test(arguments: [
        (#"* NAMESPACE (("INBOX." ".")) NIL NIL"#, ["INBOX.", "."]),
        (#"* LIST () "/" "a \"b\" \\c""#, ["/", #"a "b" \c"#]),
        (#"unfinished "here"#, []), (#""ends in \"#, []),
    ]) func quotedStrings(line: String, strings: [String]) {
        #expect(IMAPWords.strings(in: line) == strings)
    }

    @Test(arguments: [
        ("* LIST () \"/\" {5}", 5), ("{0}", 0), ("{}", nil), ("{99999999999999999999}", nil), ("x", nil), ("{5+}", nil),
    ])
    func literals(line: String, length: Int?) {
        #expect(IMAPTalk.literalLength(line) == length)
    }

    /// Whatever a server repeats, the password stays out of transcripts and reports.
    @Test func passwordsAreTakenOut() {
        let login = Login(name: "anna", password: Array("hemligt!".utf8))
        let transcript = Transcript(hiding: login)
        for echo in ["-ERR hemligt! is wrong", "535 \(login.plain)", "535 \(login.encodedPassword)"] {
            transcript.note(echo)
        }
        #expect(transcript.all == ["-ERR *** is wrong", "535 ***", "535 ***"])
        #expect("\(login)" == "anna:***")
    }

    @Test(arguments: [
        ("try again in 5 minutes", 5), ("wait 300 seconds", 6), ("vänta 2 minuter", 2), ("no time", nil),
        ("-5 minutes", 5),
    ])
    func minutes(text: String, minutes: Int?) {
        #expect(Minutes.named(in: text) == minutes.map { .number($0) })
    }

}
