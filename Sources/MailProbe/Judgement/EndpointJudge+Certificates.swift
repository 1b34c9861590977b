internal import MailDial
internal import MailTool

extension EndpointJudge {
    static let certificateChecks: [CheckID] = [
        "tls.intercepted", "tls.cert.expired", "tls.cert.expiring", "tls.cert.not-yet-valid", "tls.cert.name",
        "tls.cert.self-signed", "tls.cert.untrusted", "tls.chain.incomplete", "tls.chain.order", "tls.cert.weak",
        "tls.ocsp",
    ]

    /// What only the server's own chain tells.
    private static let trustChecks: [CheckID] = [
        "tls.cert.self-signed", "tls.cert.untrusted", "tls.chain.incomplete", "tls.chain.order",
    ]

    /// Nothing here ends the connection; that nobody logs in over a faulty certificate is decided where logins are made.
    mutating func judgeCertificate() -> CheckID? {
        guard let facts = evidence.tls, let leaf = facts.leaf else { return nil }
        judgeTrust(facts, leaf)
        judgeDates(facts, leaf)
        judgeName(facts, leaf)
        judgeStrength(facts)
        judgeStaple(facts, leaf)
        return nil
    }

    private mutating func judgeTrust(_ facts: TLSFacts, _ leaf: Certificate) {
        let issuer: Facts = ["issuer": .text(leaf.issuerName)]
        // Whether this device believes the scanner or not: it is not the server that is spoken with.
        if let scanner = Interceptors.name(in: facts.chain) {
            say("tls.intercepted", .critical, ["issuer": .text(scanner)])
            return Self.trustChecks.forEach { skip($0, because: "tls.intercepted") }
        }
        if facts.faults.contains(.selfSigned) {
            say("tls.cert.self-signed", .critical, issuer)
        } else if facts.faults.contains(.issuerMissing), facts.chain.count == 1 {
            say("tls.chain.incomplete", .critical, issuer)
            skip("tls.cert.untrusted", because: "tls.chain.incomplete")
        } else if facts.faults.contains(.issuerMissing) || facts.faults.contains(.unknownRoot) {
            say("tls.cert.untrusted", .critical, ["issuer": .text(facts.chain.last?.issuerName ?? leaf.issuerName)])
        } else if let words = facts.faults.otherWords {
            say("tls.cert.untrusted", .critical, ["issuer": .text(leaf.issuerName), "reason": .text(words)])
        }
        if !Chain.isInOrder(facts.chain) {
            say("tls.chain.order", .warning, ["order": .list(facts.chain.map(\.subject))])
        }
    }

    private mutating func judgeDates(_ facts: TLSFacts, _ leaf: Certificate) {
        // The one that ends first takes the others along; but one that has ended may be there for old programs only, where the
        // others lead to a root without it.
        let needed = facts.chain.filter { $0 == leaf || $0.notAfter > policy.now || facts.faults.contains(.expired) }
        let first = needed.min { $0.notAfter < $1.notAfter } ?? leaf
        let days = Int(clamping: (first.notAfter - policy.now) / 86_400)
        let date: Fact = .text(TimeText.machine(first.notAfter))
        if first.notAfter <= policy.now {
            say(
                "tls.cert.expired", .critical,
                ["not_after": date, "days": .number(-days), "subject": .text(first.subject)])
        } else if days < policy.warnDays {
            let status: Status = days < policy.criticalDays ? .critical : .warning
            say(
                "tls.cert.expiring", status,
                ["not_after": date, "days": .number(days), "subject": .text(first.subject)])
        } else {
            ok("tls.cert.expiring", ["not_after": date, "days": .number(days), "subject": .text(first.subject)])
        }
        if let early = facts.chain.first(where: { $0.notBefore > policy.now }) {
            say(
                "tls.cert.not-yet-valid", .critical,
                ["not_before": .text(TimeText.machine(early.notBefore)), "now": .text(TimeText.machine(policy.now))])
        }
    }

    private mutating func judgeName(_ facts: TLSFacts, _ leaf: Certificate) {
        guard !facts.isNameRight else { return }
        say(
            "tls.cert.name", .critical,
            Facts(some: [
                ("host", .text(policy.serverName ?? evidence.endpoint.host)), ("names", .list(leaf.names)),
                ("best", Chain.best(leaf.names, for: evidence.endpoint.host).map { .text($0) }),
            ]))
    }

    private mutating func judgeStrength(_ facts: TLSFacts) {
        let weaknesses = facts.chain.compactMap(Chain.weakness)
        guard let first = weaknesses.first else { return }
        say("tls.cert.weak", .warning, ["weakness": .text(first)])
    }

    private mutating func judgeStaple(_ facts: TLSFacts, _ leaf: Certificate) {
        if facts.staple == .revoked {
            say("tls.ocsp", .critical, ["status": .words(Text("revoked", sv: "återkallat"))])
        } else if facts.lacksPromisedStaple {
            let words =
                facts.staple == .none
                ? Text("promised but not sent", sv: "utlovat men inte skickat")
                : Text("promised but not valid", sv: "utlovat men inte giltigt")
            say("tls.ocsp", .critical, ["status": .words(words)])
        } else {
            ok("tls.ocsp", ["status": .text("\(facts.staple)")])
        }
    }
}

extension [ChainFault] {
    /// Beyond what has a check of its own.
    fileprivate var otherWords: String? {
        for case .other(let words) in self { return words }
        return nil
    }
}

/// Chains as they were sent.
enum Chain {
    /// RFC 5246 §7.4.2: each certificate certifies the one before it. One that was sent twice does no harm.
    static func isInOrder(_ chain: [Certificate]) -> Bool {
        zip(chain, chain.dropFirst()).allSatisfy { $0.issuer == $1.subject || $0.whole == $1.whole }
    }

    /// RFC 8301 §3.2 and RFC 9155: RSA below 2048 bits, SHA-1, MD5. What a root signs itself with does not count.
    static func weakness(_ certificate: Certificate) -> String? {
        if certificate.keyKind == "RSA", certificate.keyBits < 2_048 { return "RSA \(certificate.keyBits)" }
        let signature = certificate.signature.lowercased()
        guard !certificate.isSelfIssued else { return nil }
        if signature.contains("sha1") { return "SHA-1" }
        return signature.contains("md5") ? "MD5" : nil
    }

    /// The name that the user may have meant: the one most like what was typed.
    static func best(_ names: [String], for host: String) -> String? {
        func likeness(_ name: String) -> Int { zip(name.reversed(), host.reversed()).prefix { $0 == $1 }.count }
        return names.filter { !$0.hasPrefix("*") }.max { likeness($0) < likeness($1) } ?? names.first
    }
}

/// Programs on a user's own machine, and boxes on the way, that open encryption to look inside.
enum Interceptors {
    static func name(in chain: [Certificate]) -> String? {
        chain.flatMap { [$0.issuerName, $0.issuer] }.first { issuer in
            marks.contains { issuer.lowercased().contains($0) }
        }
    }

    private static let marks = [
        "avast", "avg web", "avg technologies", "kaspersky", "eset ssl filter", "eset, spol", "bitdefender", "zscaler",
        "fortinet",
        "fortigate", "sophos", "mcafee web gateway", "symantec proxy", "blue coat", "bluecoat", "palo alto networks",
        "checkpoint",
        "check point", "cisco umbrella", "netskope", "trend micro", "bullguard", "dr.web", "adguard", "g data software",
        "norton web",
        "f-secure", "watchguard", "sonicwall", "barracuda", "forcepoint", "websense", "untangle", "superfish",
        "mail shield",
    ]
}
