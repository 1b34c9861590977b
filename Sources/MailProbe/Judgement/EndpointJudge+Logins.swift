internal import MailDial

extension EndpointJudge {
    /// What the server offers behind encryption.
    var offerChecks: [CheckID] {
        switch evidence.endpoint.service {
        case .imap, .pop3: ["proto.capabilities", "auth.not-offered", "auth.method"]
        case .submission:
            ["proto.capabilities", "auth.not-offered", "auth.method", "smtp.size", "smtp.port25-as-submission"]
                + (hasRelayTest ? ["smtp.open-relay"] : [])
        case .smtp:
            ["proto.capabilities", "smtp.size"] + (hasRelayTest ? ["smtp.open-relay"] : [])
                + (hasRecipientTest ? ["smtp.greylist"] : [])
        }
    }

    private var hasRelayTest: Bool { evidence.sending?.relay != nil }
    private var hasRecipientTest: Bool { evidence.sending?.recipient != nil }

    mutating func judgeOffers() -> CheckID? {
        guard let capabilities = evidence.capabilities else { return judgeLost() }
        judgeList(capabilities)
        if evidence.endpoint.service == .submission, evidence.endpoint.port == 25 {
            say("smtp.port25-as-submission", .warning, Facts(some: [("right", rightPort)]))
        }
        if evidence.endpoint.service != .smtp, let cause = judgeMethods(capabilities) { return cause }
        if !evidence.endpoint.service.isIncoming { judgeSender(capabilities) }
        return nil
    }

    private mutating func judgeList(_ capabilities: [String]) {
        guard !evidence.isListAssumed else { return skip("proto.capabilities") }
        let words = capabilities.joined(separator: evidence.endpoint.service.isIncoming ? " " : "; ")
        ok(
            "proto.capabilities",
            Facts(some: [("capabilities", .text(words)), ("greeting", evidence.greetingLine.map { .text($0) })]))
    }

    private mutating func judgeMethods(_ capabilities: [String]) -> CheckID? {
        let offered = Mechanisms.offered(evidence.endpoint.service.language, capabilities)
        guard !offered.isEmpty else { return stop("auth.not-offered", Facts(some: [("right", rightPort)])) }
        let choice = policy.typed?.authentication(for: evidence.endpoint.service) ?? .password
        guard choice != .none, offered.isDisjoint(with: Mechanisms.meaning(choice)) else { return nil }
        return stop("auth.method", ["offered": .list(offered.sorted()), "wanted": .words(choice.words)])
    }

    var loginChecks: [CheckID] {
        guard evidence.isLoginPlanned, evidence.endpoint.service != .smtp else { return [] }
        return ["auth.failed", "auth.username-form"]
    }

    mutating func judgeLogin() -> CheckID? {
        guard !loginChecks.isEmpty else { return nil }
        judgeNameForm()
        guard let login = evidence.login else { return judgeNoLogin() }
        guard case .refused(let text) = login.answer else { return nil }
        let refusal = LoginRefusal(text)
        let check = refusal.check
        say(
            check, refusal == .busy || refusal == .connections ? .warning : .critical,
            Facts(some: [
                ("text", .text(text)), ("minutes", Minutes.named(in: text)),
                ("user_form", policy.documented.userForm.map { .words($0.words) }),
            ]))
        if check != "auth.failed" { skipLogin(because: check) }
        return check
    }

    /// No login was made: because of what stands above, because nobody proved whose server it is, because the server has no
    /// way to log in that is tried here, or because the connection ended.
    private mutating func judgeNoLogin() -> CheckID {
        let faults = findings.filter { $0.status == .critical }.map(\.check)
        if faults.isEmpty, evidence.broken != nil { return judgeLost() }
        let cause = faults.first ?? judgeAnnouncer() ?? "auth.method"
        skipLogin(because: cause)
        return cause
    }

    private mutating func judgeAnnouncer() -> CheckID? {
        let endpoint = evidence.endpoint
        guard let domain = endpoint.announcer else { return nil }
        let kind = ServiceRecords.kinds.first { $0.service == endpoint.service && $0.security == endpoint.security }
        say(
            "dns.srv-mismatch", .warning,
            [
                "record": .text((kind.map { $0.label + "." } ?? "") + domain),
                "published": .text("\(endpoint.host):\(endpoint.port)"),
                "documented": .words(Text("a server under \(domain)", sv: "en server under \(domain)")),
            ])
        return "dns.srv-mismatch"
    }

    private mutating func judgeNameForm() {
        guard let name = policy.loginName, let form = policy.documented.userForm, !form.fits(name) else { return }
        say("auth.username-form", .warning, ["given": .text(name), "user_form": .words(form.words)])
    }
}

/// What a server means by refusing: by response codes first (RFC 5530, RFC 3206, RFC 4954), then by words that servers use.
enum LoginRefusal: Equatable {
    case wrong, locked, disabled, noPassword, protocolOff, connections, busy

    init(_ text: String) {
        let folded = text.lowercased()
        func says(_ words: String...) -> Bool { words.contains { folded.contains($0) } }
        if says("[limit]", "too many connections", "maximum number of connections") {
            self = .connections
        } else if says(
            "no mail password", "password has been set", "set a mail password", "[expired]", "password expired",
            "5.7.10 ")
        {
            self = .noPassword
        } else if says(
            "switched off", "not enabled for", "protocol is off", "not allowed to use", "app password is for")
        {
            self = .protocolOff
        } else if says("suspended", "disabled", "deactivated", "[contactadmin]", "525 ") {
            self = .disabled
        } else if says("too many", "locked", "[login-delay]", "4.7.1 ", "wait ") {
            self = .locked
        } else if says("[unavailable]", "[sys/temp]", "[in-use]", "454 ", "421 ", "451 ") {
            self = .busy
        } else {
            self = .wrong
        }
    }

    var check: CheckID {
        switch self {
        case .wrong: "auth.failed"
        case .locked: "auth.locked"
        case .disabled: "auth.disabled"
        case .noPassword: "auth.no-password-yet"
        case .protocolOff: "auth.protocol-off"
        case .connections: "imap.connections"
        case .busy: "proto.busy"
        }
    }
}

extension AuthenticationChoice {
    /// As mail programs call it.
    var words: Text {
        switch self {
        case .password: Text("Normal password", sv: "Normalt lösenord")
        case .encrypted: Text("Encrypted password", sv: "Krypterat lösenord")
        case .gssapi: Text("Kerberos / GSSAPI", sv: "Kerberos / GSSAPI")
        case .oauth2: Text("OAuth2", sv: "OAuth2")
        case .none: Text("No authentication", sv: "Ingen autentisering")
        }
    }
}
