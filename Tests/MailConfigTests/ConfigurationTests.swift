import Testing

@testable import MailConfig

@Suite struct ConfigurationTests {
    struct Wrong: Sendable {
        let text: String
        let problems: [String]
    }

    @Test(arguments: [
        Wrong(
            text: "[server]\nnmae = \"a\"\n",
            problems: ["mail.conf:2: server.nmae: unknown key (did you mean server.name?)"]),
        Wrong(
            text: "[limits]\nmessage_size = \"500M\"\n\nidle_after_login = 5\n",
            problems: [
                "mail.conf:2: limits.message_size: \"500M\" is unclear: 500MB or 500MiB?",
                "mail.conf:4: limits.idle_after_login: must be between 30m and 1d",
            ]),
        Wrong(
            text: "[listen.smtp]\nport = \"25\"\nenabled = 1\naddresses = \"*\"\n",
            problems: [
                "mail.conf:2: listen.smtp.port: is a text; it must be a number",
                "mail.conf:3: listen.smtp.enabled: is a number; it must be true or false",
                "mail.conf:4: listen.smtp.addresses: is a text; it must be a list such as [\"a\", \"b\"]",
            ]),
        Wrong(
            text: "[listen]\nsmtp.port = 99999\n", problems: ["mail.conf:2: listen.smtp.port: 99999 is outside 0-65535"]
        ),
        Wrong(text: "server = 5\n", problems: ["mail.conf:1: server: is a section, not a key"]),
        Wrong(text: "[jmap]\nquirks = \"a\"\n", problems: ["mail.conf:2: jmap.quirks: unknown key"]),
        Wrong(
            text: "[log]\nlevel = \"loud\"\n",
            problems: ["mail.conf:2: log.level: \"loud\" is not one of debug, info, notice, warning, error"]),
        Wrong(
            text: "[proxy_protocol]\ntrusted = [\"10.0.0.0/33\"]\n",
            problems: ["mail.conf:2: proxy_protocol.trusted: \"10.0.0.0/33\" has a prefix length outside 0-32"]),
        Wrong(
            text: "[tls]\nmore = [\"a.pem\"]\n",
            problems: ["mail.conf:2: tls.more: \"a.pem\" is not \"CERTIFICATE:KEY\""]),
        Wrong(
            text: "[limits]\nrecipients = 1.5\n",
            problems: ["mail.conf:2: limits.recipients: is a floating-point number; it must be a number"]),
        Wrong(
            text: "message_size = \"1MB\"\n",
            problems: ["mail.conf:1: message_size: unknown key (did you mean limits.message_size?)"]),
        Wrong(
            text: "limits = { recipients = 5 }\n", problems: ["mail.conf:1: limits.recipients: 5 is outside 100-100000"]
        ),
    ])
    func everyWrongKeyIsNamed(_ wrong: Wrong) {
        let error = #expect(throws: ConfigurationError.self) { try Configuration(text: wrong.text) }
        #expect(error?.problems.map(\.description) == wrong.problems)
    }

    /// Broken ones fail an assertion of the TOML library, so none reaches it.
    @Test(arguments: [
        "a = 1979-05-27T_0:00:00", "a = 1979-05-27", "a = 10:00:00", "a = 1_979-05-27 x", "a = [1, 2026-01-01]",
        "a = \"\"\"\n\"\"\"\na = 1979-05-27", "a = '\\'\n\na = 1979-05-27T", "2026-01-01 = 1",
    ])
    func noDateReachesTheLibrary(text: String) {
        let error = #expect(throws: ConfigurationError.self) { try Configuration(text: text) }
        #expect(error?.problems.map(\.message) == [LibraryTraps.dateMessage])
        #expect(error?.problems.first?.line == text.split(separator: "\n", omittingEmptySubsequences: false).count)
    }

    /// These too fail an assertion of it.
    @Test(arguments: [
        "[=]", "[.a]", "[[=]]", "[[ .a]]", "\n [+a]", "\u{feff}[:]", "a = '''\n[a]'''\n[\u{1c}", "a = 1 # [\n[\u{e9}]",
        "[\r", "[[[a]]]", "[[ [\"a\"", "[a]\n\t[ {a}]", "[#",
    ])
    func noSectionWithoutANameReachesTheLibrary(text: String) {
        let error = #expect(throws: ConfigurationError.self) { try Configuration(text: text) }
        #expect(error?.problems.map(\.message) == [LibraryTraps.sectionMessage])
        #expect(error?.problems.first?.line == text.split(separator: "\n", omittingEmptySubsequences: false).count)
    }

    @Test(arguments: ["[", "[[", "[]", "[[ ]]", "[ [a]]", "[a.]", "[-", "['a'", "a = [=]", "a = [+\n]"])
    func theLibraryRefusesOtherBrackets(text: String) {
        let error = #expect(throws: ConfigurationError.self) { try Configuration(text: text) }
        #expect(error?.problems.map(\.message).contains(LibraryTraps.sectionMessage) == false)
    }

    @Test(arguments: [
        "# [=]", "[proxy_protocol]\ntrusted = [\n\"::1\" ]", " [\"tls\"]\nkey = 'a'", "[tls]",
        "[tls]\nkey = '''\n[=]'''",
    ])
    func bracketsElsewhereAreNoSections(text: String) throws { _ = try Configuration(text: text) }

    @Test(arguments: [
        "# 1979-05-27", "[tls]\nkey = \"1979-05-27\\\" 10:00\"", "[tls]\nkey = '1979-05-27\\'",
        "[tls]\nkey = '''10:00'''", "[proxy_protocol]\ntrusted = [\"2001:db8::/32\"]",
    ])
    func datesInTextsAreTexts(text: String) throws { _ = try Configuration(text: text) }

    @Test func syntaxErrorHasLineAndColumn() {
        let error = #expect(throws: ConfigurationError.self) { try Configuration(text: "[server]\nname = \n") }
        #expect(error?.problems.first?.line == 2)
        #expect(error?.problems.first?.column != nil)
    }

    @Test func duplicateKeyIsRefused() {
        let error = #expect(throws: ConfigurationError.self) {
            try Configuration(text: "[server]\nname = \"a\"\nname = \"b\"\n")
        }
        #expect(error?.problems.count == 1)
    }

    @Test func linesAreFoundBehindMultilineTexts() {
        let text = "[server]\nname = \"\"\"\na = 1\n[x]\n\"\"\"\nstor = \"x\"\n"
        let error = #expect(throws: ConfigurationError.self) { try Configuration(text: text) }
        #expect(error?.problems.map(\.line) == [2, 6])
    }

    @Test func valuesAreRead() throws {
        let configuration = try Configuration(
            text: """
                [server]
                name = "mail.example.test"
                [listen.imap]
                enabled = true
                addresses = ["127.0.0.1", "::1"]
                port = 0
                [limits]
                message_size = "10MiB"
                idle_after_login = "1h30m"
                [auth]
                scram = false
                """)
        #expect(configuration.server.name == "mail.example.test")
        #expect(configuration.listen[.imap] == ServiceSection(enabled: true, addresses: ["127.0.0.1", "::1"], port: 0))
        #expect(configuration.limits.messageSize == 10_485_760)
        #expect(configuration.limits.idleAfterLogin == 5_400)
        #expect(!configuration.auth.scram)
        #expect(configuration.listen[.imaps].port == 993)
    }

    @Test func textReadsBackTheSame() throws {
        var configuration = Configuration()
        configuration.server.name = "a \"b\" \\ c"
        configuration.tls.more = ["a:b", "c:d"]
        configuration.limits.messageSize = 1_234_567
        #expect(try Configuration(text: configuration.text) == configuration)
    }

    @Test func optionsWinOverEnvironmentAndFile() throws {
        let loader = ConfigurationLoader(
            store: "/option",
            overrides: [
                "limits.recipients = 200", "server.name=x", "imap.hidden_prefixes=[\"a.\"]",
                "proxy_protocol.trusted=10.0.0.1,::1",
            ],
            environment: ["MAIL_CONFIG": "/dev/null", "MAIL_STORE": "/environment"])
        let configuration = try loader.load()
        #expect(configuration.server.store == "/option")
        #expect(configuration.limits.recipients == 200)
        #expect(configuration.imap.hiddenPrefixes == ["a."])
        #expect(configuration.proxyProtocol.trusted == ["10.0.0.1", "::1"])
        #expect(
            try ConfigurationLoader(environment: ["MAIL_CONFIG": "/dev/null", "MAIL_STORE": "/e"]).load().server.store
                == "/e")
    }

    @Test(arguments: [
        ("limits.recipients", "--set: \"limits.recipients\" is not key=value"),
        ("limits.recipient=5", "--set: limits.recipient: unknown key (did you mean limits.recipients?)"),
        ("limits.recipients=few", "--set: limits.recipients: is a text; it must be a number"),
    ])
    func wrongOverrides(_ override: String, _ message: String) {
        let loader = ConfigurationLoader(path: "/dev/null", overrides: [override], environment: [:])
        #expect(throws: ConfigurationError.self) { try loader.load() }
        do { _ = try loader.load() } catch { #expect(error.description == message) }
    }

    @Test func absentFileIsAnErrorOnlyWhenNamed() {
        #expect(throws: ConfigurationError.self) {
            try ConfigurationLoader(path: "/nonexistent/mail.conf", environment: [:]).load()
        }
    }

    @Test func everyKeyHasWords() {
        for key in Configuration.keys { #expect(key.documentation.hasSuffix("."), "\(key.name)") }
        #expect(Set(Configuration.keyNames).count == Configuration.keyNames.count)
    }
}
