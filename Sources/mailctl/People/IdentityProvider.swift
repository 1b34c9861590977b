import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailOpenID
import MailStore
import MailTool

struct IdentityProvider: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider",
        abstract: "Ask the OpenID provider what it says of itself: exit 0 when people can be sent there.",
        discussion:
            "Asks as the server does, with the keys of identity.oidc_issuer and those beside it. Nobody is logged in.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions

    func run() async throws {
        let configuration = try common.configuration()
        // The secret is read as the server reads it.
        try Privileges.become(ownerOf: configuration.server.store)
        let facts = try facts(configuration.identity)
        let callback = configuration.siteAddress + "/login/callback"
        let keys = facts.keys.map { "\($0.count) \($0.algorithm)" }.joined(separator: ", ")
        let text = """
            \(facts.issuer) answers
            people go to \(facts.authorization)
            codes go to \(facts.token), as \(facts.client == "public" ? "a public client" : "a client with a secret (\(facts.client))")
            it signs with \(keys)
            to be registered there: \(callback)
            """
        try common.say(text, result, Self.fields(facts, callback))
    }

    private static func fields(_ facts: ProviderFacts, _ callback: String) -> [(String, JSONValue)] {
        [
            ("issuer", .text(facts.issuer)), ("authorization", .text(facts.authorization)),
            ("token", .text(facts.token)), ("client", .text(facts.client)),
            ("keys", .object(facts.keys.map { ($0.algorithm, .integer(Int64($0.count))) })),
            ("names_itself", .flag(facts.namesItself)), ("callback", .text(callback)),
        ]
    }

    private func facts(_ identity: IdentitySection) throws(ToolError) -> ProviderFacts {
        let settings = OpenIDSettings(
            issuer: identity.oidcIssuer, client: identity.oidcClient, secretFile: identity.oidcSecretFile,
            scope: identity.oidcScope, claim: identity.oidcClaim, authorities: identity.oidcCAFile)
        if let problem = settings.problem {
            throw ToolError(.configuration, "provider", "identity.\(problem.key) \(problem.words)")
        }
        do throws(OpenIDFailure) {
            return try OpenIDProvider(settings, secret: ClientSecret.read, clock: MailStore.now).facts()
        } catch {
            throw ToolError(.tryAgain, "provider_unavailable", error.words)
        }
    }
}
