import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailMessage
import MailStore
import MailTool

struct SettingsCommand: AsyncParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument { case text, autoconfig, mobileconfig, srv, json }

    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "What a person types into a mail program, or the program reads by itself.",
        discussion: """
            autoconfig is the file Thunderbird and others fetch from https://autoconfig.DOMAIN/mail/config-v1.1.xml, mobileconfig
            a profile for iPhone and Mac, srv the lines for the DNS zone. Without an address they are for everybody.
            """)

    @OptionGroup var common: CommonOptions
    @Option(help: "text, autoconfig, mobileconfig, srv or json.") var format = Format.text
    @Option(
        help: ArgumentHelp(
            "Whose words the text uses: any, thunderbird, outlook, apple or android.", valueName: "program"))
    var client = ClientProgram.any
    @ArgumentParser.Flag(help: "The same as --format json.") var json = false
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String?

    func validate() throws {
        if address == nil, format == .mobileconfig { throw ValidationError("--format mobileconfig needs an address") }
    }

    func run() async throws {
        let configuration = try common.configuration()
        let (host, offers) = (configuration.server.name, Self.offers(configuration))
        let settings = try await common.withStore { administration in
            guard let address else {
                return ClientSettings(domains: try await administration.domainNames(), host: host, offers: offers)
            }
            let entry = try await administration.account(address)
            return ClientSettings(
                entry, features: try await administration.features(of: entry), host: host, offers: offers)
        }
        try StandardOutput.shared.write(try text(settings))
    }

    private func text(_ settings: ClientSettings) throws(ToolError) -> String {
        switch json ? .json : format {
        case .text: return settings.text(client)
        case .autoconfig: return settings.autoconfig
        case .srv: return settings.serviceRecords
        case .json: return Self.object(settings).compact + "\n"
        case .mobileconfig:
            guard let profile = settings.mobileconfig else {
                throw .data("a profile takes a port for sending and one for reading, and none is open")
            }
            return profile
        }
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
                ("purpose", .text(server.kind == .smtp ? "outgoing" : "incoming")),
                ("protocol", .text(server.kind.rawValue.lowercased())), ("host", .text(server.host)),
                ("port", .integer(Int64(server.port))), ("security", .text(server.isImplicit ? "tls" : "starttls")),
                ("authentication", .text("password")),
            ])
        }
        return .object([
            ("v", .integer(1)), ("address", settings.person.map { .text($0.address) } ?? .null),
            ("user_name", settings.person.map { .text($0.userName) } ?? .null), ("servers", .list(servers)),
        ])
    }
}

extension ClientProgram: ExpressibleByArgument {}
