/// What can be said of typed settings without any network: pure.
struct SettingsJudge {
    let typed: ClientSettings
    let documented: DocumentedSettings
    private(set) var findings: [Finding] = []

    static func findings(_ typed: ClientSettings, _ documented: DocumentedSettings) -> [Finding] {
        var judge = SettingsJudge(typed: typed, documented: documented)
        for side in [typed.incoming, typed.outgoing].compactMap({ $0 }) { judge.judge(side) }
        judge.judgePerson()
        return judge.findings
    }

    private init(typed: ClientSettings, documented: DocumentedSettings) {
        (self.typed, self.documented) = (typed, documented)
    }

    private mutating func judge(_ side: ClientSettings.Side) {
        let endpoint = side.endpoint
        let right = documented.endpoint(side.service)
        let rightPlace: Fact = .text(
            Self.place(right ?? Endpoint(side.service, side.service.isIncoming ? .tls : .starttls, side.host)))
        if endpoint.security == .none {
            say("set.insecure", .critical, endpoint, ["right": rightPlace])
        } else if Self.disagrees(endpoint) {
            say(
                "set.port-security", .critical, endpoint,
                [
                    "given_port": .number(Int(endpoint.port)), "security": .text(Self.label(endpoint.security)),
                    "right": rightPlace,
                ])
        } else {
            say("set.port-security", .ok, endpoint)
        }
        if let right, !right.host.isEmpty, right.host != endpoint.host {
            say("set.host", .warning, endpoint, ["given": .text(endpoint.host), "right": .text(right.host)])
        }
        if let choice = side.authentication, choice != .password, choice != .none {
            say(
                "set.auth", .warning, endpoint,
                ["given": .words(choice.words), "right": .words(AuthenticationChoice.password.words)])
        }
    }

    private mutating func judgePerson() {
        guard let endpoint = (typed.incoming ?? typed.outgoing)?.endpoint else { return }
        if typed.usesSamePassword == true { say("set.same-password", .info, endpoint) }
        if let name = typed.userName, let form = documented.userForm, !form.fits(name) {
            say("auth.username-form", .warning, endpoint, ["given": .text(name), "user_form": .words(form.words)])
        }
        guard typed.incoming?.service == .imap, let given = typed.prefix, let prefix = documented.prefix,
            given != prefix
        else { return }
        if given.isEmpty {
            say("imap.prefix.needed", .warning, endpoint, ["prefix": .text(prefix)])
        } else {
            say(
                "imap.prefix.wrong", .warning, endpoint,
                Facts(some: [("given", .text(given)), ("prefix", prefix.isEmpty ? nil : .text(prefix))]))
        }
    }

    /// A port that is known for one way of encryption, used with the other; ports nobody knows prove nothing.
    private static func disagrees(_ endpoint: Endpoint) -> Bool {
        switch endpoint.port {
        case 993, 995, 465: endpoint.security != .tls || !belongs(endpoint)
        case 143, 110, 587, 25: endpoint.security != .starttls || !belongs(endpoint)
        default: false
        }
    }

    private static func belongs(_ endpoint: Endpoint) -> Bool {
        switch endpoint.service {
        case .imap: [143, 993].contains(endpoint.port)
        case .pop3: [110, 995].contains(endpoint.port)
        case .submission, .smtp: [25, 465, 587].contains(endpoint.port)
        }
    }

    static func label(_ security: Security) -> String {
        switch security {
        case .tls: "SSL/TLS"
        case .starttls: "STARTTLS"
        case .none: "None"
        }
    }

    /// "port 993 with SSL/TLS"
    static func place(_ endpoint: Endpoint) -> String { "\(endpoint.port) \(label(endpoint.security))" }

    private mutating func say(_ check: CheckID, _ status: Status, _ endpoint: Endpoint, _ facts: Facts = [:]) {
        let common: Facts = [
            "host": .text(endpoint.host), "port": .number(Int(endpoint.port)), "service": .text(endpoint.service.label),
            "address": .text("-"),
        ]
        findings.append(Finding(check, status, target: endpoint.url, facts: common.adding(facts)))
    }
}
