import Glibc
import MailAdmin
import MailConfig
import MailOpenID
import MailStore
import MailTool

/// From `[identity]`: whether the pages need somebody who knows the organisation's people, and who that is.
struct IdentityDeskBuilder {
    private let configuration: Configuration

    init(_ configuration: Configuration) { self.configuration = configuration }

    private var identity: IdentitySection { configuration.identity }

    /// For the login, or because a new mail password shall not be the organisation's.
    var isNeeded: Bool {
        configuration.listen.https.enabled && (identity.login != .mail || !identity.program.isEmpty)
    }

    var openID: OpenIDSettings {
        OpenIDSettings(
            issuer: identity.oidcIssuer, client: identity.oidcClient, secretFile: identity.oidcSecretFile,
            scope: identity.oidcScope, claim: identity.oidcClaim, authorities: identity.oidcCAFile)
    }

    func desk() throws(ToolError) -> IdentityDesk {
        var provider: OpenIDProvider?
        if identity.login == .oidc {
            do throws(OpenIDFailure) {
                provider = try OpenIDProvider(openID, secret: ClientSecret.read, clock: MailStore.now)
            } catch {
                throw ToolError(.configuration, "identity", "identity.oidc_ca_file: \(error.words)")
            }
        }
        let program =
            identity.program.isEmpty ? nil : PersonsProgram(identity.program, timeout: identity.programTimeout)
        return IdentityDesk(program: program, provider: provider, clock: MailStore.now)
    }

    /// Before a server starts or changes. What the identity worker reads it reads as server.user.
    func check() throws(ToolError) {
        switch identity.login {
        case .mail: return
        case .program:
            guard !identity.program.isEmpty else {
                throw Self.wrong("identity.login is program, and identity.program is not set")
            }
            guard access(identity.program, X_OK) == 0 else {
                throw Self.wrong("identity.program: \(identity.program): \(String(cString: strerror(errno)))")
            }
        case .oidc:
            if let problem = openID.problem {
                throw Self.wrong("identity.login is oidc, and identity.\(problem.key) \(problem.words)")
            }
            let site = configuration.siteAddress
            guard WebAddress(site)?.path == "/" else {
                throw Self.wrong(
                    "identity.login is oidc, and people find the pages at \(site): set web.address, without a path")
            }
            if !identity.oidcSecretFile.isEmpty, let problem = KeyFile.problem(identity.oidcSecretFile) {
                throw Self.wrong("identity.oidc_secret_file: \(problem)")
            }
            _ = try desk()
        }
    }

    private static func wrong(_ words: String) -> ToolError { ToolError(.configuration, "identity", words) }
}
