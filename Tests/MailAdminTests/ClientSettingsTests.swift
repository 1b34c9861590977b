import Foundation
import FoundationXML
import Testing

@testable import MailAdmin

@Suite struct ClientSettingsTests {
    static let offers = [
        ClientSettings.Offer(kind: .imap, port: 993, isImplicit: true),
        ClientSettings.Offer(kind: .imap, port: 143, isImplicit: false),
        ClientSettings.Offer(kind: .pop3, port: 995, isImplicit: true),
        ClientSettings.Offer(kind: .smtp, port: 587, isImplicit: false),
        ClientSettings.Offer(kind: .smtp, port: 465, isImplicit: true),
    ]
    static func settings(_ offers: [ClientSettings.Offer] = offers) -> ClientSettings {
        ClientSettings(domains: ["example.org"], host: "mail.example.org", offers: offers)
    }

    private static func document(_ text: String) throws -> [String] {
        let collector = Collector()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = collector
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        return collector.lines
    }

    private final class Collector: NSObject, XMLParserDelegate {
        var lines: [String] = []
        private var text = ""
        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) { text = "" }
        func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }
        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            if !text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty { lines.append("\(name)=\(text)") }
            text = ""
        }
    }

    /// The recommended server of each kind; the login name is the address, whosever it is.
    @Test func autodiscover() throws {
        let lines = try Self.document(Self.settings().autodiscover(for: "a&b@example.org"))
        let names = ["Type", "Server", "Port", "LoginName", "Encryption", "SPA"]
        let found = lines.filter { line in names.contains { line.hasPrefix($0 + "=") } }
        #expect(
            found == [
                "Type=IMAP", "Server=mail.example.org", "Port=993", "LoginName=a&b@example.org", "SPA=off",
                "Encryption=SSL",
                "Type=POP3", "Server=mail.example.org", "Port=995", "LoginName=a&b@example.org", "SPA=off",
                "Encryption=SSL",
                "Type=SMTP", "Server=mail.example.org", "Port=587", "LoginName=a&b@example.org", "SPA=off",
                "Encryption=TLS",
            ])
        #expect(lines.contains("AccountType=email") && lines.contains("Action=settings"))
        #expect(try !Self.document(Self.settings().autodiscover(for: nil)).contains { $0.hasPrefix("LoginName") })
    }

    @Test func autoconfig() throws {
        let lines = try Self.document(Self.settings().autoconfig)
        #expect(lines.filter { $0.hasPrefix("port=") } == ["port=993", "port=143", "port=995", "port=587", "port=465"])
        #expect(lines.contains("domain=example.org") && lines.contains("username=%EMAILADDRESS%"))
    }

    @Test func userAgentConfiguration() throws {
        let text = try #require(Self.settings().userAgentConfiguration)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [String: Any]])
        let protocols = try #require(object["protocols"] as? [String: [String: String]])
        #expect(protocols == ["imap", "pop3", "submit"].reduce(into: [:]) { $0[$1] = ["host": "mail.example.org"] })
        #expect(object["authentication"]?["password"] as? Bool == true)
        #expect((object["info"]?["provider"] as? [String: String])?["name"] == "example.org")
    }

    /// It has no place for ports, so others cannot be told.
    @Test func userAgentsKnowTheStandardPortsAlone() throws {
        let others = [
            ClientSettings.Offer(kind: .imap, port: 10_993, isImplicit: true),
            ClientSettings.Offer(kind: .smtp, port: 587, isImplicit: false),
        ]
        #expect(Self.settings(others).userAgentConfiguration == nil && Self.settings(others).userAgentDigest == nil)
        let some = Self.settings(others + [ClientSettings.Offer(kind: .smtp, port: 465, isImplicit: true)])
        #expect(some.userAgentConfiguration?.contains("imap") == false)
        #expect(some.userAgentConfiguration?.contains("submit") == true)
    }

    /// As `openssl dgst -sha256 -binary | base64` has it.
    @Test func theDigestIsOfTheOctets() throws {
        let text = try #require(Self.settings().userAgentConfiguration)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "printf '%s\\n' \"$1\" | openssl dgst -sha256 -binary | base64", "sh", String(text.dropLast()),
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let digest = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).dropLast()
        #expect(Self.settings().userAgentDigest == "v=UAAC1; a=sha256; d=\(digest)")
    }

    @Test(arguments: [
        (
            TransportPolicy(hosts: ["a.test", "b.test"]),
            "version: STSv1|mode: enforce|mx: a.test|mx: b.test|max_age: 7776000|"
        ),
        (
            TransportPolicy(mode: .testing, hosts: ["a.test"]),
            "version: STSv1|mode: testing|mx: a.test|max_age: 7776000|"
        ),
        (TransportPolicy(mode: .none, hosts: ["a.test"]), "version: STSv1|mode: none|max_age: 7776000|"),
    ])
    func policies(policy: TransportPolicy, text: String) {
        #expect(policy.text == text.replacing("|", with: "\r\n"))
    }

    /// To Swift a "<" with an accent is one character, and no "<".
    @Test func accentsHideNothing() {
        #expect(XMLText.escaped("<\u{338}a\"\u{301}&\u{301}") == "&lt;\u{338}a&quot;\u{301}&amp;\u{301}")
    }
}
