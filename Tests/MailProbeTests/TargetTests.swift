import MailTool
import Testing

@testable import MailProbe

@Suite struct TargetTests {
    @Test(
        arguments: [
            ("imaps://imap.uni.example", .endpoint(Endpoint(.imap, .tls, "imap.uni.example"))),
            ("IMAP+TLS://Mail.Uni.Example:143/", .endpoint(Endpoint(.imap, .starttls, "mail.uni.example"))),
            ("imaps://[::1]:1993", .endpoint(Endpoint(.imap, .tls, "::1", port: 1_993))),
            ("pop3s://192.0.2.1", .endpoint(Endpoint(.pop3, .tls, "192.0.2.1"))),
            ("submissions://smtp.uni.example", .endpoint(Endpoint(.submission, .tls, "smtp.uni.example", port: 465))),
            ("smtp://mx.uni.example.", .endpoint(Endpoint(.smtp, .starttls, "mx.uni.example", port: 25))),
            ("uni.example", .name("uni.example")), ("räksmörgås.example", .name("xn--rksmrgs-5wao1o.example")),
            ("anna@uni.example", .address("anna@uni.example", domain: "uni.example")),
            ("anna@München.Example", .address("anna@München.Example", domain: "xn--mnchen-3ya.example")),
        ] as [(String, Target)])
    func targets(text: String, target: Target) throws {
        #expect(try Target(text) == target)
    }

    @Test(arguments: [
        ("imapss://x.example", "did you mean imaps?"), ("http://x.example", "no scheme \"http\""),
        ("imaps://x.example:99999", "\"99999\" is no port"), ("imaps://x.example:0", "is no port"),
        ("imaps://", "neither a host name"), ("a b", "neither a host name"), ("anna@", "no mail address"),
        ("anna@[192.0.2.1]", "no domain"),
        ("imaps://\u{1B}[2J", "neither a host name"),
    ]) func refusals(text: String, words: String) throws {
        let error = try #require(throws: ToolError.self) { try Target(text) }
        #expect(error.status == .usage)
        #expect(error.message.contains(words), "\(error.message)")
        #expect(!error.message.contains("\u{1B}"))
    }
}

@Suite struct ClientSettingsTests {
    @Test func linesAndObjectsSayTheSame() throws {
        let lines =
            "# typed by anna\nprotocol = imap\nhost=Imap.Uni.Example\nport=143\nsecurity=ssl\nprefix=\nsame_password=yes\n"
        let object =
            #"{"protocol":"imap","host":"imap.uni.example","port":143,"security":"ssl","prefix":"","same_password":true}"#
        let settings = try ClientSettings(Array(lines.utf8))
        #expect(settings == (try ClientSettings(Array(object.utf8))))
        #expect(settings.incoming?.endpoint == Endpoint(.imap, .tls, "imap.uni.example", port: 143))
        #expect(settings.prefix == "")
    }

    @Test(arguments: [
        ("hots=x.example", "line 1: no setting \"hots\" (did you mean host?)"),
        ("host=x.example\nport=many", "line 2: port is a number"),
        ("host=x.example\nsecurity=sll", "did you mean ssl?"), ("host", "line 1: write key=value"),
        ("prefix=x", "name no server"),
        ("{\"host\":[]}", "host: a text or a number"), ("{", "byte 1"), ("host=a b", "is no host name"),
    ]) func refusals(text: String, words: String) throws {
        let error = try #require(throws: ToolError.self) { try ClientSettings(Array(text.utf8)) }
        #expect(error.message.contains(words), "\(error.message)")
    }
}
