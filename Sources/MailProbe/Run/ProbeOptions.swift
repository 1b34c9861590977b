import Glibc
internal import MailCrypto
internal import MailDial
internal import MailMessage
internal import MailNetwork
package import MailTool

/// A request as words, as a command line has it; checked here, before anything is sent.
package struct ProbeOptions: Sendable {
    package var targets: [String] = []
    package var typed: [UInt8]?
    package var documented: (name: String, bytes: [UInt8])?
    package var discover: String?
    package var services: [String] = []
    package var isOnlyIPv4 = false
    package var isOnlyIPv6 = false
    package var address: String?
    package var resolver: String?
    package var prefix: String?
    package var testsRelay = false
    package var recipient: String?
    package var sender: String?
    package var timeout: String?
    package var connectTimeout: String?
    package var isPatient = false
    package var authorities: String?
    package var serverName: String?
    package var minimumTLS = "1.2"
    package var warnDays = 21
    package var criticalDays = 7
    package var only: [String] = []
    package var leaveOut: [String] = []
    package var keepsTranscript = false

    package init() {}

    package func request(login: Login?) throws(ToolError) -> ProbeRequest {
        let parsed = try parsedTargets()
        var plan = ProbePlan(trust: try trust(), token: ProbeToken(bytes: randomBytes(ProbeToken.length)))
        plan.patience = try patience()
        plan.serverName = try serverName.map(Self.host)
        plan.minimumTLS = minimumTLS == "1.3" ? .tls13 : .tls12
        plan.login = login
        plan.sender = try sender.map(Self.mailAddress)
        plan.recipient = try recipient.map(Self.mailAddress)
        plan.testsRelay = testsRelay
        plan.transcript = keepsTranscript ? Transcript(hiding: login) : nil
        var request = ProbeRequest(resolver: try chosenResolver(), plan: plan, policy: try policy(login))
        (request.targets, request.family) = (parsed, isOnlyIPv4 ? .v4 : isOnlyIPv6 ? .v6 : nil)
        request.typed =
            request.policy.typed?.incoming == nil && request.policy.typed?.outgoing == nil ? nil : request.policy.typed
        if request.typed?.outgoing?.authentication == AuthenticationChoice.none { request.plan.testsRelay = true }
        request.discover = try discover.map(Self.host)
        request.services = Set(try services.map(Self.service))
        request.address = try address.map(Self.ip)
        request.only = try Self.checks(only)
        request.leaveOut = try Self.checks(leaveOut)
        guard !parsed.isEmpty || typed != nil || discover != nil else {
            throw .usage(
                "no target: nothing to look at",
                hint: "name an address, a domain, a host or a URL, or use --settings FILE")
        }
        return request
    }

    private static func checks(_ names: [String]) throws(ToolError) -> Set<CheckID> {
        var all: Set<CheckID> = []
        for name in names { all.insert(try CheckCatalogue.named(name).id) }
        return all
    }

    private func parsedTargets() throws(ToolError) -> [Target] {
        var all: [Target] = []
        for text in targets { all.append(try Target(text)) }
        return all
    }

    private func policy(_ login: Login?) throws(ToolError) -> Policy {
        var policy = Policy(now: Int64(time(nil)))
        (policy.warnDays, policy.criticalDays) = (warnDays, criticalDays)
        policy.minimumTLS = minimumTLS == "1.3" ? .tls13 : .tls12
        policy.isOnlyIPv6 = isOnlyIPv6
        policy.serverName = try serverName.map(Self.host)
        policy.loginName = login?.name
        if let documented { policy.documented = try DocumentedSettings(documented.bytes, file: documented.name) }
        if let typed { policy.typed = try ClientSettings(typed) }
        if let prefix {
            var settings = policy.typed ?? ClientSettings()
            settings.prefix = prefix
            policy.typed = settings
        }
        return policy
    }

    private func trust() throws(ToolError) -> TLSTrust {
        do {
            return try TLSTrust(file: authorities)
        } catch {
            if let authorities, access(authorities, R_OK) != 0 { throw .file(authorities, errno: errno) }
            throw .data("--ca-file \(authorities ?? ""): \(error.words)", hint: "it takes certificates in PEM form")
        }
    }

    private func patience() throws(ToolError) -> Patience {
        var patience = Patience()
        if isPatient { patience.becomePatient() }
        if let timeout { patience.whole = try Self.milliseconds(timeout, "--timeout") }
        if let connectTimeout { patience.connect = try Self.milliseconds(connectTimeout, "--connect-timeout") }
        return patience
    }

    private static let longestWait = 3_600

    private static func milliseconds(_ text: String, _ option: String) throws(ToolError) -> Int {
        guard let seconds = SpanText.parse(text), (1...longestWait).contains(Int(seconds)) else {
            throw .usage("\(option) \(Printable.oneLine(text)): write a duration from 1s to 1h, such as 10s")
        }
        return Int(seconds) * 1_000
    }

    private func chosenResolver() throws(ToolError) -> Resolver {
        guard let resolver else { return Resolver() }
        guard let server = PeerAddress(resolver) ?? IPAddress(resolver).map({ PeerAddress(ip: $0, port: 53) }) else {
            throw .usage("--resolver \(Printable.oneLine(resolver)): write an address, or ADDRESS:PORT")
        }
        return Resolver(server: server)
    }

    private static func host(_ text: String) throws(ToolError) -> String {
        guard let host = Target.hostName(text) else {
            throw .usage("\"\(Printable.oneLine(text))\" is neither a host name nor an address")
        }
        return host
    }

    private static func ip(_ text: String) throws(ToolError) -> IPAddress {
        guard let address = IPAddress(text) else {
            throw .usage("--address \(Printable.oneLine(text)): write an IP address")
        }
        return address
    }

    private static func mailAddress(_ text: String) throws(ToolError) -> String {
        guard EmailAddress(text) != nil else { throw .usage("\"\(Printable.oneLine(text))\" is no mail address") }
        return text
    }

    private static func service(_ text: String) throws(ToolError) -> Service {
        if let service = Service(rawValue: text) { return service }
        let near =
            Suggestion.nearest(to: text, in: Service.allCases.map(\.rawValue)).map { " (did you mean \($0)?)" } ?? ""
        throw .usage("--mode \(Printable.oneLine(text)): imap, pop3, submission or smtp" + near)
    }
}

extension CheckCatalogue {
    package static func named(_ text: String) throws(ToolError) -> Check {
        if let check = all.first(where: { $0.id.text == text }) { return check }
        let ids = all.map(\.id.text)
        let nearest = Suggestion.nearest(to: text, in: ids) ?? ids.first { !text.isEmpty && $0.hasPrefix(text) }
        let near = nearest.map { " (did you mean \($0)?)" } ?? ""
        throw .usage("no check \"\(Printable.oneLine(text))\"" + near, hint: "mail-probe --list-checks shows all")
    }
}

extension DocumentedSettings {
    /// An autoconfiguration file, or the same keys as typed settings have.
    init(_ bytes: [UInt8], file: String) throws(ToolError) {
        if bytes.first(where: { ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains($0) }) == UInt8(ascii: "<") {
            guard let settings = Autoconfig.settings(bytes, domain: "", place: file) else {
                throw .data("\(file) names no server", hint: "it is to be a config-v1.1.xml or key=value lines")
            }
            self = settings
        } else {
            let typed = try ClientSettings(bytes)
            self.init()
            endpoints = [typed.incoming, typed.outgoing].compactMap { $0?.endpoint }
            prefix = typed.prefix
            userForm = typed.userName.map { $0.contains("@") ? .wholeAddress : .localPart }
        }
        source = .file(file)
    }
}
