internal import MailDial
internal import MailDomainAuth
internal import MailNetwork

/// An answer of DNS beside what is wanted. Other people's choices are right too where they do the same.
struct RecordJudge: Sendable {
    let plan: DomainPlan
    /// Of this server.
    let addresses: [IPAddress]

    func verdict(on wanted: WantedRecord, _ answer: NameAnswer) -> RecordVerdict {
        switch answer {
        case .failed(let reason): return RecordVerdict(.unknown, advice: reason)
        case .noName, .noData: return RecordVerdict(.missing, advice: Self.add(wanted))
        case .found(let found): return verdict(on: wanted, found.all.map(\.zoneText))
        }
    }

    /// `found` as a zone file writes it.
    func verdict(on wanted: WantedRecord, _ found: [String]) -> RecordVerdict {
        switch wanted.purpose {
        case .mx: exchangers(wanted, found)
        case .spf: only(wanted, found, prefix: "v=spf1", accepts: permitsUs)
        case .dmarc: only(wanted, found, prefix: "v=DMARC1", accepts: Self.hasPolicy)
        case .mtaSTS where wanted.kind == .txt:
            only(wanted, found, prefix: "v=STSv1") { STSRecord.id(among: [$0]) != nil }
        case .tlsReports:
            only(wanted, found, prefix: "v=TLSRPTv1") { $0.contains("rua=mailto:") || $0.contains("rua=https:") }
        case .dkim: key(wanted, found)
        case .clients: exactly(wanted, found)
        case .pacc where wanted.kind == .txt: digest(wanted, found)
        case .dane: pins(wanted, found)
        case .mtaSTS, .autoconfig, .pacc: .right
        }
    }

    private static func add(_ wanted: WantedRecord) -> String { "add: \(wanted.zoneLine.dropLast())" }

    private static func replace(_ wanted: WantedRecord) -> String {
        "put instead: \(wanted.zoneLine.dropLast())"
    }

    /// This server among them is enough.
    private func exchangers(_ wanted: WantedRecord, _ found: [String]) -> RecordVerdict {
        let hosts = found.map { $0.split(separator: " ").last.map(String.init)?.lowercased() ?? "" }
        return hosts.contains("\(plan.host.lowercased()).")
            ? RecordVerdict(.right, found: found) : RecordVerdict(.differs, found: found, advice: Self.add(wanted))
    }

    /// One text with this beginning, and it says the thing; two of them make most readers believe none (RFC 7208 §4.5).
    private func only(
        _ wanted: WantedRecord, _ found: [String], prefix: String, accepts: (String) -> Bool
    ) -> RecordVerdict {
        let own = found.filter { $0.lowercased().hasPrefix(prefix.lowercased()) }
        guard let text = own.first else { return RecordVerdict(.missing, advice: Self.add(wanted)) }
        guard own.count == 1 else {
            return RecordVerdict(.differs, found: own, advice: "leave one of these \(own.count) records")
        }
        return accepts(text)
            ? RecordVerdict(.right, found: own) : RecordVerdict(.differs, found: own, advice: Self.replace(wanted))
    }

    /// By name or by all of its addresses; what other domains' records include is not looked into.
    private func permitsUs(_ text: String) -> Bool {
        let words = text.lowercased().split(separator: " ").dropFirst().map {
            $0.hasPrefix("+") ? String($0.dropFirst()) : String($0)
        }
        if words.contains("mx") || words.contains("mx:\(plan.domain)") || words.contains("a:\(plan.host)") {
            return true
        }
        if words.contains("a"), plan.host == plan.domain { return true }
        let blocks = words.compactMap { word in
            word.hasPrefix("ip4:") || word.hasPrefix("ip6:") ? AddressPrefix(String(word.dropFirst(4))) : nil
        }
        return !addresses.isEmpty && addresses.allSatisfy { address in blocks.contains { $0.contains(address) } }
    }

    private static func hasPolicy(_ text: String) -> Bool {
        text.split(separator: ";").contains { tag in
            let words = tag.split(separator: "=").map { $0.filter { $0 != " " }.lowercased() }
            return words.first == "p" && words.count == 2 && ["none", "quarantine", "reject"].contains(words[1])
        }
    }

    /// The same key; spaces and other tags are the zone's business.
    private func key(_ wanted: WantedRecord, _ found: [String]) -> RecordVerdict {
        func key(_ text: String) -> String? {
            let bare = text.filter { $0 != " " && $0 != "\t" }
            return bare.split(separator: ";").first { $0.hasPrefix("p=") }.map(String.init)
        }
        guard found.count == 1, let text = found.first, key(text) == key(wanted.value) else {
            return RecordVerdict(.differs, found: found, advice: Self.replace(wanted))
        }
        return RecordVerdict(.right, found: found)
    }

    private func exactly(_ wanted: WantedRecord, _ found: [String]) -> RecordVerdict {
        guard found.map({ $0.lowercased() }).contains(wanted.value.lowercased()) else {
            // Weights and priorities are the zone's business, where one goes is not.
            let place = { (text: String) in text.lowercased().split(separator: " ").suffix(2).joined(separator: " ") }
            return found.map(place).contains(place(wanted.value))
                ? RecordVerdict(.right, found: found)
                : RecordVerdict(.differs, found: found, advice: Self.replace(wanted))
        }
        return RecordVerdict(.right, found: found)
    }

    /// One of several: while the file changes there is a digest of the old one and of the new one.
    private func digest(_ wanted: WantedRecord, _ found: [String]) -> RecordVerdict {
        let own = found.filter { $0.hasPrefix("v=UAAC1") }
        guard !own.isEmpty else { return RecordVerdict(.missing, advice: Self.add(wanted)) }
        let key = { (text: String) in text.filter { $0 != " " }.split(separator: ";").map(String.init) }
        return own.map(key).contains(key(wanted.value))
            ? RecordVerdict(.right, found: own)
            : RecordVerdict(
                .differs, found: own, advice: "programs do not believe the file; \(Self.add(wanted))")
    }

    /// Beside others: the next certificate's record is there before the certificate is.
    private func pins(_ wanted: WantedRecord, _ found: [String]) -> RecordVerdict {
        found.contains(wanted.value)
            ? RecordVerdict(.right, found: found)
            : RecordVerdict(
                .differs, found: found,
                advice: "no record is of this server's key, so nobody who checks sends mail; \(Self.add(wanted))")
    }
}

extension DNSRecord {
    /// As a zone file writes it; a text without quotes.
    var zoneText: String {
        switch self {
        case .address(let address): address.description
        case .alias(let name), .pointer(let name): name == "." ? "." : name + "."
        case .mail(let preference, let host): "\(preference) \(host == "." ? "." : host + ".")"
        case .service(let priority, let weight, let port, let host):
            "\(priority) \(weight) \(port) \(host == "." ? "." : host + ".")"
        case .authority(let seconds): "\(seconds)"
        case .text(let text): text
        case .certificate(let usage, let selector, let matching, let data): "\(usage) \(selector) \(matching) \(data)"
        }
    }
}
