internal import MailMessage

extension AuthenticationResults {
    package mutating func add(_ spf: SPFResult, _ sender: SPFSender) {
        var entry = Entry(method: "spf", result: spf.result, reason: spf.result == .pass ? nil : spf.reason)
        switch spf.identity {
        case .mailFrom:
            let address = sender.mailFrom.map {
                EmailAddress.isDotAtom($0.local) ? "\($0.local)@\($0.domainKey)" : $0.domainKey
            }
            entry.properties = [("smtp.mailfrom", address ?? "")]
        case .helo: entry.properties = [("smtp.helo", sender.helo)]
        }
        entries.append(entry)
    }

    /// One entry for each signature, or one that says there was none.
    package mutating func add(_ results: [DKIMResult]) {
        if results.isEmpty { entries.append(Entry(method: "dkim", result: .none)) }
        for result in results {
            var entry = Entry(method: "dkim", result: result.result, reason: result.reason)
            entry.properties = [
                ("header.d", result.domain), ("header.i", result.identity ?? ""), ("header.s", result.selector),
                ("header.a", result.algorithm), ("header.b", result.signatureStart),
            ]
            entries.append(entry)
        }
    }

    package mutating func add(_ dmarc: DMARCResult) {
        var entry = Entry(method: "dmarc", result: dmarc.result, reason: dmarc.reason)
        let policy = dmarc.policyDomain == nil ? "" : dmarc.policy.rawValue
        entry.properties = [("header.from", dmarc.domain), ("policy.published-domain-policy", policy)]
        entries.append(entry)
    }

    package mutating func add(_ arc: ARCResult) {
        // RFC 8617 §8: it knows three words, and where DNS did not answer none of them is true.
        guard arc.result != .temperror else { return }
        let result: CheckResult = arc.result == .none || arc.result == .pass ? arc.result : .fail
        entries.append(Entry(method: "arc", result: result, reason: arc.reason))
    }
}
