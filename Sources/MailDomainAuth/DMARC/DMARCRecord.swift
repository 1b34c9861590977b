/// What a domain's owner wants done with mail that is not from there.
package enum DMARCPolicy: String, Sendable, CaseIterable {
    case none, quarantine, reject

    /// RFC 7489 §6.6.4: for what a percentage leaves out.
    var weaker: DMARCPolicy { self == .reject ? .quarantine : .none }
}

/// What `_dmarc.DOMAIN` says (RFC 7489 §6.3, with `np`, `psd` and `t` of RFC 9091 and its successor).
package struct DMARCRecord: Sendable, Equatable {
    package var policy: DMARCPolicy
    package var subdomainPolicy: DMARCPolicy
    /// For names that do not exist.
    package var missingPolicy: DMARCPolicy
    package var isStrictDKIM: Bool
    package var isStrictSPF: Bool
    package var percentage: Int
    /// `psd=y`: a registry of names; `psd=n`: an organisation, whatever stands above; nil: not said.
    var isRegistry: Bool?
    var isTest: Bool
    /// `rua=`, as it stands there.
    package var reportAddresses: String?

    static func name(_ domain: String) -> String { "_dmarc." + domain }

    // dmarc-version = "v" *WSP "=" *WSP %x44 %x4d %x41 %x52 %x43 %x31, the first tag
    static func isRecord(_ text: String) -> Bool {
        guard let tags = TagList(text.utf8.prefix { $0 != UInt8(ascii: ";") }) else { return false }
        return tags["v"]?.text == "DMARC1"
    }

    /// nil for what is to be ignored.
    package init?(_ text: String) {
        guard Self.isRecord(text), let tags = TagList(text.utf8) else { return nil }
        func policy(_ name: String) -> DMARCPolicy? {
            tags[name].flatMap { DMARCPolicy(rawValue: $0.text.lowercased()) }
        }
        func isStrict(_ name: String) -> Bool { tags[name]?.text.lowercased() == "s" }
        let reports = tags["rua"]?.text
        // RFC 7489 §6.6.3, step 6: without a policy that makes sense, whoever wants reports has the policy "none".
        guard let own = policy("p") ?? (reports == nil ? nil : DMARCPolicy.none) else { return nil }
        self.policy = own
        subdomainPolicy = policy("sp") ?? own
        missingPolicy = policy("np") ?? subdomainPolicy
        (isStrictDKIM, isStrictSPF) = (isStrict("adkim"), isStrict("aspf"))
        percentage = tags["pct"].flatMap { ASCII.number($0.value, longest: 3) }.flatMap { $0 <= 100 ? $0 : nil } ?? 100
        isRegistry =
            switch tags["psd"]?.text.lowercased() {
            case "y": true
            case "n": false
            default: nil
            }
        isTest = tags["t"]?.text.lowercased() == "y"
        reportAddresses = reports
    }
}
