import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailMessage
import MailStore
import MailTool

struct SettingsCommand: AsyncParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, autoconfig, autodiscover, pacc, mobileconfig, srv, json
    }

    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "What a person types into a mail program, or the program reads by itself.",
        discussion: """
            autoconfig is the file Thunderbird and others fetch from https://autoconfig.DOMAIN/mail/config-v1.1.xml, autodiscover
            what Outlook is answered, pacc the file at https://ua-auto-config.DOMAIN/.well-known/user-agent-configuration.json,
            mobileconfig a profile for iPhone and Mac, srv the lines for the DNS zone. Without an address they are for everybody, with
            a domain for everybody in it: what the server's own pages serve.
            """)

    @OptionGroup var common: CommonOptions
    @Option(help: "text, autoconfig, autodiscover, pacc, mobileconfig, srv or json.") var format = Format.text
    @Option(
        help: ArgumentHelp(
            "Whose words the text uses: any, thunderbird, outlook, apple or android.", valueName: "program"))
    var client = ClientProgram.any
    @ArgumentParser.Flag(help: "The same as --format json.") var json = false
    @Argument(help: "Address, login, alias or domain.", completion: .names(.account)) var address: String?

    func validate() throws {
        if address == nil, format == .mobileconfig { throw ValidationError("--format mobileconfig needs an address") }
    }

    func run() async throws {
        let configuration = try common.configuration()
        let (host, offers) = (configuration.server.name, Self.offers(configuration))
        let settings = try await common.withStore { administration in
            let domains = try await administration.domainNames()
            guard let address else { return ClientSettings(domains: domains, host: host, offers: offers) }
            if let domain = MailDomain(address), domains.contains(domain.name) {
                return ClientSettings(domains: [domain.name], host: host, offers: offers)
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
        case .autodiscover: return settings.autodiscover(for: settings.person?.address)
        case .pacc:
            guard let file = settings.userAgentConfiguration else {
                throw .data("pacc knows the ports 993, 995 and 465 with TLS alone, and none of them is open")
            }
            return file
        case .srv: return settings.serviceRecords
        case .json: return Self.object(settings).compact + "\n"
        case .mobileconfig:
            guard settings.person != nil else { throw .usage("--format mobileconfig needs an address") }
            guard let profile = settings.mobileconfig else {
                throw .data("a profile takes a port for sending and one for reading, and none is open")
            }
            return profile
        }
    }

    /// The documented ones first: IMAP, POP3, submission.
    static func offers(_ configuration: Configuration) -> [ClientSettings.Offer] {
        ClientSettings.Offer.ordered.compactMap { name, kind in
            guard let service = Service(rawValue: name) else { return nil }
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
