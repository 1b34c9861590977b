import Testing

@testable import MailProbe

/// Facts stand where they are known, and the catalogue is whole.
@Suite struct CatalogueTests {
    @Test func everySentenceNamesOnlyFactsOfItsCheck() {
        for check in CheckCatalogue.all {
            let known = Set(Check.commonFacts + check.facts)
            check.forEachSentence { part, text, language in
                let names = Template(text).names()
                let unknown = names.filter { !known.contains($0) && MailProgram.any.word($0, in: language) == nil }
                #expect(unknown.isEmpty, "\(check.id) \(part) in \(language): \(unknown)")
            }
        }
    }

    @Test func everyFactIsNamedInBothLanguagesAlike() {
        for check in CheckCatalogue.all {
            for (part, text) in check.parts {
                for required in [false, true] {
                    let english = Template(text.english).names(required: required).sorted()
                    #expect(
                        english == Template(text.swedish).names(required: required).sorted(), "\(check.id) \(part)")
                }
            }
        }
    }

    /// Facts that a finding may lack.
    static let optional: [CheckID: Set<String>] = [
        "dns.none": ["suggested", "family"], "net.refused": ["right"], "net.unreachable": ["reason"],
        "proto.silent": ["after_what"],
        "tls.starttls.missing": ["capabilities"], "proto.wrong": ["right"],
        "proto.http": ["location"], "proto.busy": ["minutes"], "tls.mode.ssl-on-starttls-port": ["right"],
        "tls.mode.plain-on-ssl-port": ["right"], "tls.session": ["resumed"], "tls.cert.expiring": ["subject"],
        "tls.cert.name": ["best"], "tls.cert.untrusted": ["reason"], "auth.not-offered": ["right"],
        "auth.failed": ["user_form"], "auth.locked": ["minutes"], "auth.disabled": ["contact"],
        "imap.prefix.wrong": ["prefix"], "smtp.port25-as-submission": ["right"], "smtp.greylist": ["minutes"],
    ]

    @Test func whatAFindingMayLackStandsInBrackets() throws {
        for (id, facts) in Self.optional {
            let check = try #require(CheckCatalogue.check(id), "\(id)")
            #expect(facts.isSubset(of: check.facts), "\(id)")
            check.forEachSentence { part, text, language in
                let bare = Template(text).names(required: true).filter(facts.contains)
                #expect(bare.isEmpty, "\(id) \(part) in \(language): \(bare)")
            }
        }
    }

    /// They say what there is, well or not.
    static let informing: Set<CheckID> = ["proto.capabilities", "tls.session"]

    /// Titles and explanations stand without a case at hand; when all is well there are no facts but the common ones.
    @Test func sentencesWithoutAFindingNeedNone() {
        for check in CheckCatalogue.all {
            for text in [check.title, check.why, check.how] {
                #expect(Template(text.english).names().isEmpty, "\(check.id)")
            }
            let good = Template(check.good.english).names(required: true).filter { !Check.commonFacts.contains($0) }
            #expect(good.isEmpty || Self.informing.contains(check.id), "\(check.id): \(good)")
        }
    }

    @Test func idsAreUniqueAndWellFormed() {
        let ids = CheckCatalogue.all.map(\.id.text)
        #expect(Set(ids).count == ids.count)
        for id in ids { #expect(id.wholeMatch(of: /[a-z]+(\.[a-z0-9-]+){1,3}/) != nil, "\(id)") }
        for check in CheckCatalogue.all { #expect(Set(check.facts).count == check.facts.count, "\(check.id)") }
    }

    static let areas: [(area: String, checks: [Check], prefixes: Set<Substring>)] = [
        ("names", CheckCatalogue.names, ["dns", "autoconfig"]), ("network", CheckCatalogue.network, ["net", "clock"]),
        ("protocols", CheckCatalogue.protocols, ["proto"]), ("encryption", CheckCatalogue.encryption, ["tls"]),
        ("certificates", CheckCatalogue.certificates, ["tls"]), ("logins", CheckCatalogue.logins, ["auth"]),
        ("mailboxes", CheckCatalogue.mailboxes, ["imap", "pop"]), ("sending", CheckCatalogue.sending, ["smtp"]),
        ("settings", CheckCatalogue.settings, ["set"]),
    ]

    @Test func everyAreaHasItsChecksAndNoOthers() {
        #expect(Self.areas.flatMap(\.checks).map(\.id) == CheckCatalogue.all.map(\.id))
        for (area, checks, prefixes) in Self.areas {
            #expect(Set(checks.compactMap { $0.id.text.split(separator: ".").first }) == prefixes, "\(area)")
        }
    }

    @Test(
        arguments: [
            ("no facts", [], "no facts"), ("{a} and {b}", [("a", "x"), ("b", "y")], "x and y"), ("{a}", [], "?"),
            ("one[[; did you mean {a}?]]", [], "one"),
            ("one[[; did you mean {a}?]]", [("a", "x")], "one; did you mean x?"),
            ("{open", [], "{open"), ("[[a", [], "[[a"), ("a]] {a}", [("a", "x")], "a]] x"),
        ] as [(String, [(String, String)], String)])
    func templates(text: String, facts: [(String, String)], filled: String) {
        let facts = Facts(facts.map { ($0.0, .text($0.1)) })
        #expect(Text(text, sv: text).filled(facts, in: .english) == filled)
    }
}

extension Check {
    var parts: [(String, Text)] {
        [("title", title), ("good", good), ("seen", seen), ("why", why), ("how", how)]
            + Audience.allCases.map { ($0.rawValue, remedy[$0]) }
    }

    func forEachSentence(_ body: (String, String, Language) -> Void) {
        for (part, text) in parts {
            for language in Language.allCases { body(part, text[language], language) }
        }
    }

    /// As readers see it: with every fact, or only with those that are never missing.
    func filled(_ text: Text, _ client: MailProgram = .any, in language: Language, isWhole: Bool = true) -> String {
        let lacking = isWhole ? [] : CatalogueTests.optional[id] ?? []
        let known = (Check.commonFacts + facts).filter { !lacking.contains($0) }
        return text.filled(Facts(known.map { ($0, "1") }), client, in: language)
    }
}
