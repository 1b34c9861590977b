import Testing

@testable import MailConfig

@Suite struct CredentialPathTests {
    @Test(arguments: [
        (
            "${CREDENTIALS_DIRECTORY}/key.pem", "/run/credentials/posthus.service",
            "/run/credentials/posthus.service/key.pem"
        ),
        ("${CREDENTIALS_DIRECTORY}/key.pem", nil, "${CREDENTIALS_DIRECTORY}/key.pem"),
        ("${CREDENTIALS_DIRECTORY}/key.pem", "relative", "${CREDENTIALS_DIRECTORY}/key.pem"),
        ("/etc/posthus/key.pem", "/run/credentials/x", "/etc/posthus/key.pem"),
        ("/etc/${CREDENTIALS_DIRECTORY}/key.pem", "/run/credentials/x", "/etc/${CREDENTIALS_DIRECTORY}/key.pem"),
    ])
    func resolves(path: String, folder: String?, expected: String) {
        #expect(CredentialPath.resolve(path, in: folder) == expected)
    }

    @Test func everyPathOfTheSectionIsResolved() {
        var section = TLSSection()
        section.certificate = "${CREDENTIALS_DIRECTORY}/a"
        section.key = "/etc/key"
        section.more = ["${CREDENTIALS_DIRECTORY}/b:${CREDENTIALS_DIRECTORY}/c"]
        section.findCredentials(in: "/run/c")
        #expect(section.certificate == "/run/c/a")
        #expect(section.key == "/etc/key")
        #expect(section.more == ["/run/c/b:/run/c/c"])
    }

    @Test func theLoaderTakesTheFolderFromItsEnvironment() throws {
        var loader = ConfigurationLoader(environment: ["CREDENTIALS_DIRECTORY": "/run/c"])
        loader.overrides = ["tls.certificate=${CREDENTIALS_DIRECTORY}/cert"]
        #expect(try loader.load().tls.certificate == "/run/c/cert")
        loader.environment = [:]
        #expect(CredentialPath.isOpen(try loader.load().tls.certificate))
    }
}
