import Testing

@testable import MailProbe

/// What can be told of good sentences by machine.
@Suite struct CatalogueTextTests {
    @Test func everySentenceIsOneAndHasItsFullStop() {
        for check in CheckCatalogue.all {
            for (part, text) in check.parts {
                for language in Language.allCases {
                    for isWhole in [true, false] {
                        let words = check.filled(text, in: language, isWhole: isWhole)
                        let place = "\(check.id) \(part) in \(language): \(words)"
                        #expect(words.hasSuffix(".") != (part == "title"), "\(place)")
                        #expect(words.firstMatch(of: /[.?!] \p{Lu}/) == nil, "one sentence: \(place)")
                        #expect(words.firstMatch(of: /\.\.| [.,;:)]|\( | $|^ |  |\?$|[\[\]{}]/) == nil, "\(place)")
                        #expect(words.first?.isLowercase == false, "\(place)")
                    }
                }
            }
        }
    }

    /// Terminals without UTF-8 can show the one; the other has its own quotation marks, dashes and dots.
    @Test func eachLanguageHasItsSigns() {
        for check in CheckCatalogue.all {
            check.forEachSentence { part, text, language in
                let place = "\(check.id) \(part): \(text)"
                switch language {
                case .english: #expect(text.utf8.count == text.count, "\(place)")
                case .swedish:
                    #expect(text.firstMatch(of: #/["'“„]|\.\.\.| - /#) == nil, "\(place)")
                    #expect(text.count { $0 == "”" }.isMultiple(of: 2), "\(place)")
                }
            }
        }
    }

    /// What has a Swedish word is not left in English.
    @Test func swedishIsSwedish() {
        let foreign: Set<String> = [
            "mail", "email", "e-mail", "mailen", "mejl", "helpdesk", "the", "password", "settings", "server's", "login",
            "user", "and", "not", "account", "folder", "certificate", "firewall", "browser",
        ]
        for check in CheckCatalogue.all {
            for (part, text) in check.parts {
                let quoted = text.swedish.replacing(/”[^”]*”|https:[^ ]*/, with: "")
                let names = quoted.replacing(/\{\w+\}|\w+\.\w+/, with: "")  // facts, keys and files
                let words = Set(names.lowercased().split { " .,;:()[]".contains($0) }.map(String.init))
                #expect(words.isDisjoint(with: foreign), "\(check.id) \(part): \(words.intersection(foreign))")
                #expect(text.english != text.swedish || text.english.contains("://"), "\(check.id) \(part)")
            }
        }
    }

    /// A number may be 1.
    @Test func noNumberStandsBeforeAPlural() {
        for check in CheckCatalogue.all {
            check.forEachSentence { part, text, language in
                let plural = text.firstMatch(of: /\{(days|minutes|after|took)\} (?!(min|until|to|innan|att)\b)\p{L}/)
                #expect(plural == nil, "\(check.id) \(part) in \(language): \(text)")
            }
        }
    }

    @Test func everyAudienceHasAStepOfItsOwn() {
        for check in CheckCatalogue.all {
            for language in Language.allCases {
                let steps = Audience.allCases.map { check.remedy[$0][language] }
                #expect(Set(steps).count == steps.count, "\(check.id) in \(language)")
            }
        }
    }
}

/// Advice that would do harm.
@Suite struct CatalogueAdviceTests {
    private static func isNegated(_ text: String, _ language: Language) -> Bool {
        switch language {
        case .english: text.firstMatch(of: /\b(not|no|never)\b/.ignoresCase()) != nil
        case .swedish: text.firstMatch(of: /\b(inte|inget|aldrig)\b/.ignoresCase()) != nil
        }
    }

    /// An exception is for ever, and hides the attack that comes later.
    @Test func noCertificateIsEverToBeAccepted() {
        for check in CheckCatalogue.encryption + CheckCatalogue.certificates {
            for audience in Audience.allCases {
                for language in Language.allCases {
                    let text = check.remedy[audience][language]
                    let speaksOfIt = text.firstMatch(of: /accept|exception|godkänn|undantag/.ignoresCase()) != nil
                    #expect(!speaksOfIt || Self.isNegated(text, language), "\(check.id) for \(audience): \(text)")
                }
            }
        }
    }

    @Test(
        arguments: [
            "tls.intercepted", "tls.cert.expired", "tls.cert.not-yet-valid", "tls.cert.name", "tls.cert.self-signed",
            "tls.cert.untrusted", "tls.chain.incomplete", "tls.chain.order", "tls.cert.weak", "tls.cert.differs",
            "tls.ocsp", "tls.sni",
        ] as [CheckID])
    func whoSeesAWarningIsToldNotToAccept(id: CheckID) throws {
        let remedy = try #require(CheckCatalogue.check(id)).remedy.user
        #expect(remedy.english.firstMatch(of: /not accept|no exception/.ignoresCase()) != nil)
        #expect(remedy.swedish.firstMatch(of: /godkänn in(te|get)/.ignoresCase()) != nil)
    }

    @Test func nobodyIsSentToDoWithoutEncryption() {
        for check in CheckCatalogue.all {
            for audience in Audience.allCases {
                for language in Language.allCases {
                    let text = check.remedy[audience][language]
                    guard Template(text).names().contains("no_encryption") else { continue }
                    #expect(Self.isNegated(text, language), "\(check.id) for \(audience): \(text)")
                }
            }
        }
    }

    /// Else whoever tries names learns them.
    @Test func aFailedLoginSaysNothingOfTheAccount() throws {
        let failed = try #require(CheckCatalogue.check("auth.failed"))
        failed.forEachSentence { part, text, language in
            let telling = /exist|unknown|no such|there is no|wrong password|finns|okän|saknas|fel lösenord|fel namn/
            #expect(text.firstMatch(of: telling.ignoresCase()) == nil, "\(part): \(text)")
        }
        #expect(failed.remedy.user.english.contains("mail password from the portal, not the central"))
        #expect(failed.remedy.user.swedish.contains("e-postlösenordet från portalen, inte det centrala"))
    }

    /// Whoever helps needs no password, and is told so where it comes near.
    @Test func nobodyAsksForPasswords() {
        for check in CheckCatalogue.all {
            for audience in Audience.allCases {
                let text = check.remedy[audience].english
                let asks = text.firstMatch(of: /\b(ask|send|tell|give)\b[^.]*\bpassword/.ignoresCase()) != nil
                #expect(!asks || text.contains("never ask"), "\(check.id) for \(audience): \(text)")
            }
        }
    }
}

/// The programs' own words in the sentences.
@Suite struct MailProgramTests {
    @Test(arguments: MailProgram.allCases)
    func everyProgramHasEveryWord(program: MailProgram) throws {
        for word in ProgramWord.allCases {
            let english = try #require(program.word(word.rawValue, in: .english))
            let swedish = try #require(program.word(word.rawValue, in: .swedish))
            #expect(!english.isEmpty && !swedish.isEmpty)
            #expect(english.utf8.count == english.count, "\(english)")
            #expect(swedish.firstMatch(of: /["']/) == nil, "\(swedish)")
            for text in [english, swedish] { #expect(text.firstMatch(of: /[{}\[\]]|\.$|^ | $/) == nil, "\(text)") }
            #expect(english.count { $0 == "\"" }.isMultiple(of: 2) && swedish.count { $0 == "”" }.isMultiple(of: 2))
        }
        #expect(program.word("host", in: .english) == nil)
    }

    /// Every remedy reads well with the words of every program.
    @Test(arguments: MailProgram.allCases, Language.allCases)
    func remediesAreWhole(program: MailProgram, language: Language) {
        for check in CheckCatalogue.all {
            for audience in Audience.allCases {
                let words = check.filled(check.remedy[audience], program, in: language)
                #expect(words.hasSuffix(".") && words.firstMatch(of: /[{}\[\]]|  | [.,;]|""|””/) == nil, "\(words)")
            }
        }
    }

    /// A tick has no other choice beside it: one program calls both kinds of encryption the same.
    @Test func noRemedySetsOneKindOfEncryptionAgainstTheOther() {
        for check in CheckCatalogue.all {
            check.forEachSentence { part, text, _ in
                let against = /(instead of|not|i stället för|inte) \{(ssl|starttls)\}/
                #expect(text.firstMatch(of: against) == nil, "\(check.id) \(part): \(text)")
            }
        }
        #expect(MailProgram.apple.word("ssl", in: .english) == MailProgram.apple.word("starttls", in: .english))
    }

    @Test(
        arguments: [
            (.thunderbird, .english, "Enter \"mail/\" in the field \"IMAP server directory\""),
            (.thunderbird, .swedish, "Skriv ”mail/” i fältet ”IMAP-serverkatalog”"),
            (.outlook, .english, "\"Root folder path\" in classic Outlook"), (.apple, .swedish, "”IMAP-sökvägsprefix”"),
            (.any, .english, "Enter \"mail/\" in the field for the IMAP path prefix."),
        ] as [(MailProgram, Language, String)])
    func prefixes(program: MailProgram, language: Language, wanted: String) throws {
        let check = try #require(CheckCatalogue.check("imap.prefix.needed"))
        let words = check.remedy.user.filled(["prefix": "mail/"], program, in: language)
        #expect(words.contains(wanted), "\(words)")
    }
}
