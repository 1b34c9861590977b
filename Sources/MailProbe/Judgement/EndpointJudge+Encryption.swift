internal import MailDial

extension EndpointJudge {
    static let startTLSChecks: [CheckID] = [
        "auth.before-tls", "tls.starttls.missing", "tls.starttls.refused", "tls.starttls.injection",
    ]

    mutating func judgeStartTLS() -> CheckID? {
        if let broken = evidence.broken, evidence.startTLS == nil {
            return evidence.clearCapabilities == nil
                ? judgeLost() : stop("tls.starttls.refused", ["text": .text(broken)])
        }
        let clear = evidence.clearCapabilities ?? []
        judgeClearMechanisms(clear)
        switch evidence.startTLS {
        case .missing, nil:
            let told: Fact? = evidence.isListAssumed ? nil : .text(clear.joined(separator: " "))
            return stop("tls.starttls.missing", Facts(some: [("capabilities", told)]))
        case .refused(let text): return stop("tls.starttls.refused", ["text": .text(text)])
        case .acceptedWithInjection(let answer): say("tls.starttls.injection", .critical, ["answer": .text(answer)])
        case .acceptedUntried: skip("tls.starttls.injection")
        case .accepted: break
        }
        return nil
    }

    private mutating func judgeClearMechanisms(_ clear: [String]) {
        guard !evidence.isListAssumed else { return skip("auth.before-tls") }
        let mechanisms = Mechanisms.offered(evidence.endpoint.service.language, clear).intersection(
            Mechanisms.plaintext)
        if !mechanisms.isEmpty { say("auth.before-tls", .critical, ["mechanisms": .list(mechanisms.sorted())]) }
    }

    var handshakeChecks: [CheckID] {
        ["tls.mode.plain-on-ssl-port", "tls.handshake", "tls.version.old", "tls.session"] + scanChecks
    }

    /// What further handshakes told; where the first one failed, all that they would have told.
    private var scanChecks: [CheckID] {
        let (strength, resumption, name): ([CheckID], [CheckID], [CheckID]) = (
            ["tls.version.deprecated-offered", "tls.cipher.weak"], ["tls.resumption"], ["tls.sni"]
        )
        guard evidence.tls != nil else { return strength + resumption + name }
        guard let scan = evidence.scan else { return [] }
        return (scan.isWhole ? strength : []) + (scan.resumes == nil ? [] : resumption)
            + (scan.namesWithoutSNI == nil ? [] : name)
    }

    mutating func judgeHandshake() -> CheckID? {
        switch evidence.handshake {
        case .done(let facts, _): judgeSession(facts)
        case .failed(let failure, let milliseconds): return judgeFailure(failure, milliseconds)
        case nil: return judgeCut("handshake")
        }
        return nil
    }

    private mutating func judgeFailure(_ failure: HandshakeFailure, _ milliseconds: Int) -> CheckID {
        if evidence.endpoint.security == .tls, let line = evidence.greetingLine {
            if let cause = judgeStranger(line) { return cause }
            return stop("tls.mode.plain-on-ssl-port", Facts(some: [("greeting", .text(line)), ("right", rightPort)]))
        }
        switch failure {
        case .plaintext(let bytes):
            return stop(
                "tls.starttls.refused", ["text": .text(String(decoding: bytes.prefix { $0 >= 0x20 }, as: UTF8.self))])
        case .refused(let reason): return stop("tls.handshake", ["reason": .text(reason)])
        case .stalled:
            let words = Text("the server began, and then said no more", sv: "servern började, och sade sedan inget mer")
            return stop("tls.handshake", ["reason": .words(words)])
        case .lost(.timedOut) where evidence.endpoint.security == .tls:
            return stop("proto.silent", ["after": .milliseconds(milliseconds)])
        case .lost(.timedOut): return stop("tls.handshake", ["reason": .text(DialFailure.timedOut.words)])
        case .lost: return judgeCut("handshake")
        }
    }

    private mutating func judgeSession(_ facts: TLSFacts) {
        let isOld = facts.version < policy.minimumTLS
        if isOld { say("tls.version.old", .critical, ["version": .text(facts.version.description)]) }
        ok(
            "tls.session",
            Facts(some: [
                ("version", .text(facts.version.description)), ("cipher", .text(facts.cipher)),
                ("bits", .number(facts.bits)),
                ("key_exchange", .text(facts.group ?? "RSA")), ("resumed", evidence.scan?.resumes.map { .flag($0) }),
                ("chain", .list(facts.chain.map(\.subject))), ("names", .list(facts.leaf?.names ?? [])),
                ("key", facts.leaf.map { .text("\($0.keyKind) \($0.keyBits)") }),
                ("signature", facts.leaf.map { .text($0.signature) }),
                ("certificate_sha256", facts.leaf.map { .text($0.whole.sha256) }),
            ]))
        if let scan = evidence.scan { judgeScan(scan, facts, isOld: isOld) }
    }

    private mutating func judgeScan(_ scan: TLSScan, _ facts: TLSFacts, isOld: Bool) {
        // Between servers, weak encryption is better than none (RFC 7435 §3).
        let weight: Status = evidence.endpoint.service == .smtp ? .info : .warning
        if !scan.oldVersions.isEmpty, !isOld {
            say("tls.version.deprecated-offered", weight, ["versions": .list(scan.oldVersions.map(\.description))])
        }
        if !scan.weakCiphers.isEmpty { say("tls.cipher.weak", weight, ["ciphers": .list(scan.weakCiphers)]) }
        if scan.resumes == false { say("tls.resumption", .info) }
        if let names = scan.namesWithoutSNI, let leaf = facts.leaf, scan.digestWithoutSNI != leaf.whole.sha256,
            facts.isNameRight
        {
            say("tls.sni", .warning, ["without": .list(names), "with": .list(leaf.names)])
        }
    }
}
