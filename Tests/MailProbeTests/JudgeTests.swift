import MailNetwork
import Testing

@testable import MailDial
@testable import MailProbe

/// Evidence in, findings out: what needs no server to be shown.
@Suite struct JudgeTests {
    private static let address = IPAddress(v4: 0xc000_0201)

    static func evidence(_ endpoint: Endpoint, _ change: (inout Evidence) -> Void) -> Evidence {
        var evidence = Evidence(endpoint, address)
        evidence.connect = .done(milliseconds: 3)
        change(&evidence)
        return evidence
    }

    private static let imaps = Endpoint(.imap, .tls, "imap.uni.example")
    private static let submission = Endpoint(.submission, .starttls, "smtp.uni.example")

    /// What ended the connection, by name.
    @Test(
        arguments: [
            ("net.refused", evidence(imaps) { $0.connect = .failed(.refused) }),
            ("net.filtered", evidence(imaps) { $0.connect = .failed(.timedOut, milliseconds: 4_000) }),
            ("net.unreachable", evidence(imaps) { $0.connect = .failed(.unreachable) }),
            ("net.reset", evidence(imaps) { $0.handshake = .failed(.lost(.reset), milliseconds: 1) }),
            ("proto.silent", evidence(imaps) { $0.handshake = .failed(.lost(.timedOut), milliseconds: 5_000) }),
            (
                "tls.handshake",
                evidence(imaps) { $0.handshake = .failed(.refused("no shared cipher"), milliseconds: 1) }
            ),
            (
                "tls.mode.plain-on-ssl-port",
                evidence(imaps) {
                    $0.greeting = .line("* OK hello", milliseconds: 0)
                    $0.handshake = .failed(.plaintext(Array("* OK hello".utf8)), milliseconds: 1)
                }
            ),
            (
                "proto.wrong",
                evidence(imaps) {
                    $0.greeting = .line("+OK POP3", milliseconds: 0)
                    $0.handshake = .failed(.plaintext(Array("+OK POP3".utf8)), milliseconds: 1)
                }
            ),
            ("tls.mode.ssl-on-starttls-port", evidence(submission) { $0.disguise = .tls(speaks: nil) }),
            ("proto.wrong", evidence(submission) { $0.disguise = .tls(speaks: .imap) }),
            (
                "proto.http",
                evidence(submission) { $0.disguise = .http(status: "HTTP/1.1 302 Found", location: "http://login") }
            ),
            ("proto.silent", evidence(submission) { $0.greeting = .silent(milliseconds: 8_500) }),
            ("proto.unknown", evidence(submission) { $0.greeting = .line("what?", milliseconds: 1) }),
            ("proto.busy", evidence(submission) { $0.greeting = .line("421 4.7.0 too many", milliseconds: 1) }),
            (
                "tls.starttls.missing",
                evidence(submission) {
                    $0.greeting = .line("220 smtp.uni.example ESMTP", milliseconds: 1)
                    $0.clearCapabilities = ["SIZE"]
                    $0.startTLS = .missing
                }
            ),
            (
                "tls.starttls.refused",
                evidence(submission) {
                    $0.greeting = .line("220 smtp.uni.example ESMTP", milliseconds: 1)
                    $0.clearCapabilities = ["STARTTLS"]
                    $0.startTLS = .refused("454 not now")
                }
            ),
        ] as [(CheckID, Evidence)])
    func causes(check: CheckID, evidence: Evidence) throws {
        let findings = EndpointJudge.findings(evidence, Policy(now: 0))
        let cause = try #require(findings.first { $0.isProblem })
        #expect(cause.check == check)
        #expect(findings.contains { $0.status == .skipped && $0.because == check })
        #expect(!findings.contains { $0.check == "auth.not-offered" && $0.status == .ok })
    }

    /// No check is said twice of one place, and each is in the catalogue with its facts.
    @Test func findingsAreOfTheCatalogue() {
        for endpoint in [
            Self.imaps, Self.submission, Endpoint(.pop3, .starttls, "pop.uni.example"),
            Endpoint(.smtp, .starttls, "mx"),
        ] {
            let findings = EndpointJudge.findings(
                Self.evidence(endpoint) { $0.connect = .failed(.refused) }, Policy(now: 0))
            #expect(Set(findings.map(\.check)).count == findings.count, "\(endpoint.url)")
            for finding in findings { #expect(CheckCatalogue.check(finding.check) != nil, "\(finding.check)") }
        }
    }

    @Test func aPasswordOfferedInTheClearIsAFaultOfItsOwn() {
        let evidence = Self.evidence(Self.submission) {
            $0.greeting = .line("220 smtp.uni.example ESMTP", milliseconds: 1)
            $0.clearCapabilities = ["STARTTLS", "AUTH PLAIN LOGIN"]
            $0.startTLS = .refused("454 not now")
        }
        let found = EndpointJudge.findings(evidence, Policy(now: 0)).filter(\.isProblem).map(\.check)
        #expect(found == ["auth.before-tls", "tls.starttls.refused"])
    }

    /// A provider that blocks 25 is told apart from a server that is down; a machine without a network knows nothing.
    @Test func whatOthersShowChangesAVerdict() {
        let blocked = Self.evidence(Endpoint(.smtp, .starttls, "mx.uni.example")) {
            $0.connect = .failed(.timedOut, milliseconds: 4_000)
        }
        let works = Self.evidence(Self.imaps) { $0.greeting = .line("* OK", milliseconds: 1) }
        #expect(
            RunJudge.findings([blocked, works], Policy(now: 0)).contains {
                $0.check == "net.port25-blocked" && $0.status == .warning
            })
        // Whose port it is that answers is not known: it may be another server's.
        let check = CheckCatalogue.check("net.port25-blocked")
        #expect(check?.seen.english.hasSuffix("it is blocked here, or that server is down.") == true)
        #expect(check?.how.english.contains("same server") == false)
        #expect(
            RunJudge.findings([blocked], Policy(now: 0)).contains {
                $0.check == "net.filtered" && $0.status == .critical
            })
        let offline = Self.evidence(Self.imaps) { $0.connect = .failed(.noRoute) }
        #expect(
            RunJudge.findings([offline], Policy(now: 0)).contains {
                $0.check == "net.unreachable" && $0.status == .unknown
            })
    }

    /// Nothing is said of names that are not there.
    @Test func whatAConnectionDoesNotTell() {
        let numbered = EndpointJudge.findings(
            Self.evidence(Endpoint(.imap, .tls, "10.0.0.5")) { $0.connect = .done(milliseconds: 1) }, Policy(now: 0))
        #expect(!numbered.contains { $0.check == "dns.private-address" })
        for service in [Service.imap, .pop3] {
            let found = EndpointJudge.findings(Self.evidence(Endpoint(service, .tls, "x")) { _ in }, Policy(now: 0))
            #expect(!found.contains { $0.check == "proto.banner-name" })
        }
        #expect(SendingJudgeTests.exchanger { _ in }.contains { $0.check == "proto.banner-name" && $0.status == .ok })
    }

    @Test func whatWasNotTriedHasNoCulprit() {
        let evidence = Self.evidence(Self.submission) {
            $0.greeting = .line("220 smtp.uni.example ESMTP", milliseconds: 2_000)
            $0.clearCapabilities = ["STARTTLS"]
            $0.startTLS = .acceptedUntried
        }
        let found = EndpointJudge.findings(evidence, Policy(now: 0))
        #expect(found.first { $0.check == "proto.greeting-slow" }?.status == .ok)
        let injection = found.first { $0.check == "tls.starttls.injection" }
        #expect(injection?.status == .skipped && injection?.because == nil)
    }

    @Test func aNameOfTheOtherFamilyIsSpeltRight() async throws {
        var options = ProbeOptions()
        (options.targets, options.isOnlyIPv4) = (["imaps://[::1]:1"], true)
        let report = await ProbeRun(try options.request(login: nil)).run()
        let none = try #require(report.findings.first { $0.check == "dns.none" })
        #expect(none.facts["family"] == "IPv4" && none.facts["suggested"] == nil)
        let words = FindingWords(language: .english, audience: .user, client: .any)
        #expect(words.message(none) == "The name ::1 leads to no server by IPv4.")
        #expect(words.remedy(none, for: .user)?.hasSuffix("or allow more than IPv4.") == true)
    }

    /// Scripts find in the facts what people do not read.
    @Test func factsOfAServerThatIsWell() throws {
        let evidence = Self.evidence(Self.imaps) {
            $0.handshake = .done(TLSFacts(), milliseconds: 1)
            $0.greeting = .line("* OK ready", milliseconds: 1)
            $0.capabilities = ["IMAP4rev1", "AUTH=PLAIN"]
        }
        let findings = EndpointJudge.findings(evidence, Policy(now: 0))
        let offers = try #require(findings.first { $0.check == "proto.capabilities" })
        #expect(offers.facts["greeting"] == "* OK ready" && offers.facts["capabilities"] == "IMAP4rev1 AUTH=PLAIN")
        let session = try #require(findings.first { $0.check == "tls.session" })
        #expect(session.facts["chain"] == .list([]))
    }

    @Test func noLoginOverAnythingUnproven() {
        var evidence = Self.evidence(Self.submission) { $0.startTLS = .accepted }
        #expect(!evidence.allowsLogin(minimum: .tls12))
        evidence.handshake = .done(TLSFacts(), milliseconds: 1)
        #expect(!evidence.allowsLogin(minimum: .tls12), "a session without a certificate")
    }

    @Test(
        arguments: [
            ("993", "ssl", []), ("143", "ssl", ["set.port-security"]), ("993", "starttls", ["set.port-security"]),
            ("143", "none", ["set.insecure"]), ("1993", "ssl", []), ("995", "ssl", ["set.port-security"]),
        ] as [(String, String, [CheckID])])
    func typedSettings(port: String, security: String, problems: [CheckID]) throws {
        let typed = try ClientSettings(Array("host=imap.uni.example\nport=\(port)\nsecurity=\(security)".utf8))
        let found = SettingsJudge.findings(typed, DocumentedSettings()).filter(\.isProblem).map(\.check)
        #expect(found == problems)
    }
}
