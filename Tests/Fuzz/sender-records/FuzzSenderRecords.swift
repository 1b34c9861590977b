import MailDomainAuth
import MailMessage

/// What DNS and headers say of senders, and senders that are rewritten.
enum FuzzSenderRecords: FuzzTarget {
    static let name = "sender-records"
    static var memoryPerByte: Int { 1_000 }

    static func check(_ input: [UInt8]) -> String? {
        let text = String(decoding: input, as: UTF8.self)
        _ = (SPFChecker.fault(in: text), DKIMKeyRecord(text), PublicSuffixList(input).organisation(of: text))
        var rules = Rules()
        rules.none(DMARCRecord(text).flatMap(brokenPolicy))
        rules.none(brokenResults(text))
        rules.none(brokenReading(input))
        rules.none(brokenRewriting(text))
        return rules.broken
    }

    private static func brokenPolicy(_ record: DMARCRecord) -> String? {
        (0...100).contains(record.percentage) ? nil : "\(record.percentage) percent"
    }

    /// Whatever stands in it, our field is one field that says what we say.
    private static func brokenResults(_ text: String) -> String? {
        var results = AuthenticationResults(authservID: "mx.example.org")
        results.add([DKIMResult(result: .fail, reason: text, domain: text, selector: text, identity: text)])
        results.add(DMARCResult(result: .none, domain: text, reason: text))
        let header = Header(Array(results.field.utf8))
        let reader = AuthenticationResultsReader(header.fields.first?.rawValue ?? [])
        var rules = Rules()
        rules.that(header.count == 1 && header.bytes.count == results.field.utf8.count, "not one field")
        rules.that(reader.authservID == "mx.example.org", "\(reader.authservID) says it")
        rules.that(
            reader.result(of: "dkim") == "fail" && reader.result(of: "dmarc") == "none", "read as something else")
        return rules.broken
    }

    private static func brokenReading(_ value: [UInt8]) -> String? {
        let reader = AuthenticationResultsReader(value)
        return reader.authservID.utf8.count <= value.count * 3 + 10 ? nil : "a name longer than its field"
    }

    private static func brokenRewriting(_ text: String) -> String? {
        guard let srs = SRS(secrets: [[1]], domain: "forwarder.example"), let address = EmailAddress(text) else {
            return nil
        }
        let now = 1_000_000_000
        if (try? srs.reverse(address, now: now)) != nil, address.domainKey != "forwarder.example" { return "not ours" }
        guard let rewritten = srs.rewrite(address, now: now), rewritten != address else { return nil }
        guard let back = try? srs.reverse(rewritten, now: now) else { return "\(rewritten) does not lead back" }
        let isSecond = address.local.lowercased().hasPrefix("srs1")
        return isSecond || folded(back) == folded(address) ? nil : "\(rewritten) leads to \(back)"
    }

    private static func folded(_ address: EmailAddress) -> EmailAddress? {
        EmailAddress(local: address.local.lowercased(), domain: address.domain)
    }
}
