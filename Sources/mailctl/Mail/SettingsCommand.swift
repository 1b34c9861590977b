import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailTool

struct SettingsCommand: AsyncParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "What a person types into a mail program.")

    @OptionGroup var common: CommonOptions
    @Option(help: "text or json.") var format = Format.text
    @Flag(help: "The same as --format json.") var json = false
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String

    func run() async throws {
        let configuration = try common.configuration()
        let entry = try await common.withStore { try await $0.account(address) }
        let settings = ClientSettings(entry, host: configuration.server.name, offers: Self.offers(configuration))
        let text = json || format == .json ? Self.object(settings).compact + "\n" : settings.text
        try StandardOutput.shared.write(text)
    }

    /// The documented ones first: IMAP, POP3, submission.
    private static func offers(_ configuration: Configuration) -> [ClientSettings.Offer] {
        let order: [(Service, ClientSettings.Offer.Kind)] = [
            (.imaps, .imap), (.imap, .imap), (.pop3s, .pop3), (.pop3, .pop3), (.submission, .smtp),
            (.submissions, .smtp),
        ]
        return order.compactMap { service, kind in
            let section = configuration.listen[service]
            guard section.enabled else { return nil }
            return ClientSettings.Offer(kind: kind, port: section.port, isImplicit: service.security == .implicit)
        }
    }

    private static func object(_ settings: ClientSettings) -> JSONValue {
        let servers = settings.servers.map { server in
            JSONValue.object([
                ("purpose", .text(server.purpose.lowercased())), ("protocol", .text(server.kind.lowercased())),
                ("host", .text(server.host)), ("port", .integer(Int64(server.port))),
                ("security", .text(server.security == "STARTTLS" ? "starttls" : "tls")),
                ("authentication", .text("password")),
            ])
        }
        return .object([
            ("v", .integer(1)), ("address", .text(settings.address)), ("user_name", .text(settings.userName)),
            ("servers", .list(servers)),
        ])
    }
}
