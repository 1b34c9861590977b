/// Findings as sentences.
package struct FindingWords: Sendable {
    package var language = Language.english
    package var audience = Audience.user
    package var client = MailProgram.any

    package init(language: Language, audience: Audience, client: MailProgram) {
        (self.language, self.audience, self.client) = (language, audience, client)
    }

    package func message(_ finding: Finding) -> String {
        guard let check = CheckCatalogue.check(finding.check) else { return finding.check.text }
        switch finding.status {
        case .ok: return fill(check.good, finding)
        case .skipped:
            guard let because = finding.because else { return ReportWords.notTested[language] }
            return ReportWords.notTestedBecause.filled(["because": .text(title(because))], in: language)
        case .info, .unknown, .warning, .critical: return fill(check.seen, finding)
        }
    }

    package func why(_ finding: Finding) -> String? {
        CheckCatalogue.check(finding.check).map { fill($0.why, finding) }
    }

    package func remedy(_ finding: Finding, for audience: Audience) -> String? {
        CheckCatalogue.check(finding.check).map { fill($0.remedy[audience], finding) }
    }

    package func title(_ id: CheckID) -> String { CheckCatalogue.check(id)?.title[language] ?? id.text }

    private func fill(_ text: Text, _ finding: Finding) -> String { text.filled(finding.facts, client, in: language) }
}

/// What reports say around the findings.
enum ReportWords {
    static let notTested = Text("Not tested.", sv: "Inte provat.")
    static let notTestedBecause = Text(
        "Not tested, because this failed: {because}.", sv: "Inte provat, eftersom detta inte gick: {because}.")
    static let works = Text("works", sv: "fungerar")
    static let warns = Text("works, with remarks", sv: "fungerar, med anmärkningar")
    static let fails = Text("FAILED", sv: "FUNGERAR INTE")
    static let unclear = Text("could not be tested", sv: "kunde inte provas")
    static let doThis = Text("Do this:", sv: "Gör så här:")
    static let why = Text("Why:", sv: "Varför:")
    static let allWell = Text("Everything works.", sv: "Allt fungerar.")
    static let passedOne = Text("1 check passed.", sv: "1 kontroll gick bra.")
    static let passed = Text("{count} checks passed.", sv: "{count} kontroller gick bra.")
    static let skipped = Text("Not tested for that reason: {list}.", sv: "Inte provat av det skälet: {list}.")
    static let details = Text("Details: mail-probe --explain {id}", sv: "Mer: mail-probe --explain {id}")
    static let problem = Text("1 problem.", sv: "1 problem.")
    static let problems = Text("{count} problems; begin with the first.", sv: "{count} problem; börja med det första.")
    static let token = Text(
        "The postmaster sees the server's side of this run with:",
        sv: "E-postadministratörerna ser serverns sida av försöket med:")
    static let nothing = Text("Nothing was tested.", sv: "Ingenting provades.")
    static let notOffered = Text("not offered", sv: "erbjuds inte")
    static let address = Text("address", sv: "adress")
    static let port = Text("port", sv: "port")
}

/// What people call the parts of a connection.
enum CheckArea: CaseIterable {
    case connection, greeting, encryption, certificate, login, mailbox, sending, names

    init(_ check: CheckID) {
        let text = check.text
        if text.hasPrefix("tls.cert.") || text.hasPrefix("tls.chain.") || text == "tls.ocsp" || text == "tls.dane" {
            self = .certificate
        } else {
            self = Self.byPrefix[String(text.prefix { $0 != "." })] ?? .connection
        }
    }

    private static let byPrefix: [String: CheckArea] = [
        "net": .connection, "proto": .greeting, "tls": .encryption, "auth": .login, "imap": .mailbox, "pop": .mailbox,
        "smtp": .sending, "dns": .names, "autoconfig": .names,
    ]

    var words: Text {
        switch self {
        case .connection: Text("connection", sv: "anslutning")
        case .greeting: Text("greeting", sv: "hälsning")
        case .encryption: Text("encryption", sv: "kryptering")
        case .certificate: Text("certificate", sv: "certifikat")
        case .login: Text("login", sv: "inloggning")
        case .mailbox: Text("mailbox", sv: "brevlåda")
        case .sending: Text("sending", sv: "sändning")
        case .names: Text("names", sv: "namn")
        }
    }
}
