internal import MailDial
internal import MailMessage
internal import MailNetwork

/// Looks at one endpoint at one address: a straight line of steps; the first that fails ends it, and a port that is silent or
/// strange is asked what it is instead.
struct EndpointProbe {
    let visit: Visit
    /// The further handshakes are made at one address of an endpoint.
    let isFirst: Bool

    /// In milliseconds: what a further connection may wait.
    private static let quickGreeting = 1_500

    private var endpoint: Endpoint { visit.endpoint }
    private var plan: ProbePlan { visit.plan }

    private enum Stop: Error { case here }

    /// Blocking.
    func run() -> Evidence {
        let watch = Stopwatch()
        var evidence = Evidence(endpoint, visit.peer.ip)
        evidence.isLoginPlanned = plan.login != nil
        do {
            switch endpoint.service.language {
            case .imap: try run(IMAPTalk.self, &evidence)
            case .pop3: try run(POP3Talk.self, &evidence)
            default: try run(SMTPTalk.self, &evidence)
            }
        } catch {}  // the evidence says why
        if isFirst, evidence.tls != nil, evidence.greetingLine != nil, evidence.greetingTook < Self.quickGreeting {
            evidence.scan = HandshakeScan(visit: visit).run()
        }
        evidence.elapsed = watch.milliseconds
        return evidence
    }

    private func run<Speaker: Talk>(_ kind: Speaker.Type, _ evidence: inout Evidence) throws {
        let conversation = try connect(&evidence)
        if endpoint.security == .tls { try encrypt(conversation, &evidence) }
        try greet(conversation, &evidence)
        do {
            try converse(Speaker(conversation), conversation, &evidence)
        } catch let failure as TalkFailure {
            evidence.note(failure, in: conversation)
        }
    }

    private func converse<Speaker: Talk>(
        _ speaker: Speaker, _ conversation: Conversation, _ evidence: inout Evidence
    ) throws {
        var talk = speaker
        if endpoint.security != .tls {
            let clear = try talk.capabilities(token: plan.token)
            evidence.clearCapabilities = clear
            evidence.isListAssumed = talk.isListAssumed
            guard endpoint.security == .starttls else { return talk.leave() }
            try startTLS(&talk, conversation, clear, &evidence)
        }
        let capabilities = try talk.capabilities(token: plan.token)
        evidence.capabilities = capabilities
        evidence.isListAssumed = talk.isListAssumed
        introduce(&talk, conversation, evidence)
        AfterLogin(plan: plan, endpoint: endpoint).run(&talk, conversation, &evidence)
        talk.leave()
    }

    private func connect(_ evidence: inout Evidence) throws -> Conversation {
        let watch = Stopwatch()
        do {
            let channel = try Channel.connect(to: visit.peer, by: visit.step(plan.patience.connect))
            evidence.connect = .done(milliseconds: watch.milliseconds)
            evidence.localAddress = channel.localAddress
            return Conversation(channel, by: visit.deadline, plan.transcript)
        } catch {
            evidence.connect = .failed(error, milliseconds: watch.milliseconds)
            throw Stop.here
        }
    }

    private func greet(_ conversation: Conversation, _ evidence: inout Evidence) throws {
        let watch = Stopwatch()
        let whole = visit.step(plan.patience.greeting)
        do {
            var (line, arrived): (String?, Int?)
            do {
                line = try conversation.line(by: whole.within(milliseconds: plan.patience.silence))
            } catch .timedOut {
                let (before, arrival) = (watch.milliseconds, conversation.channel.arrival(by: whole))
                evidence.disguise = Disguises(visit: visit).find(isEncrypted: evidence.tls != nil)
                guard evidence.disguise == nil else { throw Stop.here }
                arrived = arrival.milliseconds.map { before + $0 }
            }
            let greeting = try line ?? conversation.line(by: whole)
            try conversation.finishGreeting(greeting, by: whole)
            evidence.greeting = .line(greeting, milliseconds: arrived ?? watch.milliseconds)
            guard Greeting.isWelcome(greeting, to: endpoint.service.language) else { throw Stop.here }
        } catch let failure as DialFailure {
            evidence.greeting = failure == .timedOut ? .silent(milliseconds: watch.milliseconds) : .lost(failure)
            throw Stop.here
        }
    }

    private func encrypt(_ conversation: Conversation, _ evidence: inout Evidence) throws {
        let watch = Stopwatch()
        do {
            let limit = visit.step(plan.patience.handshake)
            try conversation.channel.encrypt(plan.offer(for: endpoint), by: limit)
            guard let facts = conversation.channel.tls?.facts else { throw Stop.here }
            conversation.note("\(facts.version) \(facts.cipher)")
            evidence.handshake = .done(facts, milliseconds: watch.milliseconds)
        } catch let failure as HandshakeFailure {
            evidence.handshake = .failed(failure, milliseconds: watch.milliseconds)
            if case .plaintext(let bytes) = failure { evidence.greeting = Greeting.first(of: bytes) }
            if failure == .lost(.timedOut) {
                evidence.greeting = Disguises(visit: visit).greetingInClear()
            }
            throw Stop.here
        }
    }

    private func startTLS<Speaker: Talk>(
        _ talk: inout Speaker, _ conversation: Conversation, _ clear: [String], _ evidence: inout Evidence
    ) throws {
        guard clear.contains(where: { $0.uppercased() == Speaker.startTLSName }) else {
            evidence.startTLS = .missing
            talk.leave()
            throw Stop.here
        }
        if let refusal = try talk.startTLS() {
            evidence.startTLS = .refused(refusal)
            throw Stop.here
        }
        evidence.startTLS = .accepted
        try encrypt(conversation, &evidence)
        guard evidence.greetingTook < Self.quickGreeting else { return evidence.startTLS = .acceptedUntried }
        evidence.startTLS = Injection(visit: visit).attempt(on: Speaker.self)
    }

    /// RFC 2971: who asks, so that the server's side can be found again.
    private func introduce<Speaker: Talk>(_ talk: inout Speaker, _ conversation: Conversation, _ evidence: Evidence) {
        guard var imap = talk as? IMAPTalk, evidence.capabilities?.contains("ID") == true, let facts = evidence.tls
        else { return }
        // A stranger is shown what certificate arrived, so that interception can be told; not where this machine stands.
        let place = evidence.isProven ? evidence.localAddress?.description ?? "" : ""
        let told: [(ProbeField, String)] = [
            (.token, plan.token.description), (.address, place),
            (.tls, "\(facts.version) \(facts.cipher)"), (.certificate, facts.leaf?.whole.sha256 ?? ""),
        ]
        let pairs = [("name", "mail-probe"), ("version", "1")] + told.map { ($0.0.rawValue, $0.1) }
        let list = pairs.flatMap { [$0.0, $0.1] }.map(IMAPTalk.quoted).joined(separator: " ")
        _ = try? imap.command("ID (\(list))")
        if let same = imap as? Speaker { talk = same }
    }
}

/// First lines.
enum Greeting {
    /// Whether the conversation can go on.
    static func isWelcome(_ line: String, to language: SpokenLanguage) -> Bool {
        switch language {
        case .imap: line.hasPrefix("* OK") || line.hasPrefix("* PREAUTH")
        case .pop3: line.hasPrefix("+OK")
        default: line.hasPrefix("220") && SpokenLanguage.spoken(in: line) == .smtp
        }
    }

    static func first(of bytes: [UInt8]) -> Evidence.Greeting {
        let line = bytes.prefix { $0 != 0x0a && $0 != 0x0d }
        return .line(String(decoding: line, as: UTF8.self), milliseconds: 0)
    }
}
