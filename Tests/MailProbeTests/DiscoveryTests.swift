import Testing

@testable import MailDial
@testable import MailProbe

@Suite struct DiscoveryTests {
    private static let file = """
        <?xml version="1.0"?><!-- for everybody --><clientConfig version="1.1"><emailProvider id="uni.example">
        <incomingServer type="imap"><hostname>imap.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType>
        <username>%EMAILADDRESS%</username></incomingServer>
        <outgoingServer type='smtp'><hostname>smtp.uni.example</hostname><port>587</port><socketType>STARTTLS</socketType>
        </outgoingServer></emailProvider></clientConfig>
        """

    @Test func autoconfiguration() throws {
        let settings = try #require(
            Autoconfig.settings(Array(Self.file.utf8), domain: "uni.example", place: "https://x"))
        #expect(settings.endpoints.map(\.url) == ["imaps://imap.uni.example:993", "submission://smtp.uni.example:587"])
        #expect(settings.userForm == .wholeAddress)
    }

    @Test func noFileIsTooStrange() {
        let bytes = Array(Self.file.utf8)
        for length in stride(from: 0, to: bytes.count, by: 7) {
            _ = Autoconfig.settings(Array(bytes.prefix(length)), domain: "", place: "")
            var turned = bytes
            turned[length] = UInt8(ascii: "<")
            _ = Autoconfig.settings(turned, domain: "", place: "")
        }
        #expect(Autoconfig.settings(Array("<html>no</html>".utf8), domain: "", place: "") == nil)
    }

    @Test(arguments: [
        (
            "HTTP/1.1 200 OK\r\nDate: Sun, 29 Nov 2026 08:00:00 GMT\r\nX: y\r\n\r\nbody\r\n\r\nmore", 200,
            "body\r\n\r\nmore"
        ),
        ("HTTP/1.0 404 Not Found\nA: b\n\n", 404, ""),
    ]) func answers(text: String, status: Int, body: String) throws {
        let answer = try #require(HTTPFetch.parse(Array(text.utf8), isVerified: true))
        #expect(answer.status == status)
        #expect(String(decoding: answer.body, as: UTF8.self) == body)
    }

    @Test func theServersClock() throws {
        let text = "HTTP/1.1 200 OK\r\nDate: Sun, 29 Nov 2026 08:00:00 GMT\r\n\r\n"
        #expect(try #require(HTTPFetch.parse(Array(text.utf8), isVerified: nil)).date == 1_795_939_200)
    }

    @Test(arguments: ["", "HTTP/1.1", "HTTP/1.1 200 OK", "\r\n\r\n", "220 mx\r\n\r\n"]) func noAnswers(text: String) {
        #expect(HTTPFetch.parse(Array(text.utf8), isVerified: nil) == nil)
    }

    @Test(
        arguments: [
            ("https://autoconfig.uni.example/mail/x.xml?a=b", "autoconfig.uni.example", 443, "/mail/x.xml?a=b"),
            ("http://uni.example:8080", "uni.example", 8_080, "/"),
        ] as [(String, String, UInt16, String)])
    func places(url: String, host: String, port: UInt16, path: String) throws {
        let place = try #require(WebPlace(url))
        #expect((place.host, place.port, place.path) == (host, port, path))
    }

    @Test(arguments: ["ftp://x", "https://", "x", "https://a b/", "https://x/\r\nEvil: 1"]) func noPlaces(url: String) {
        #expect(WebPlace(url) == nil)
    }

    /// A place that could not be asked may well have a file.
    @Test func noAnswerIsNoProofOfAbsence() {
        var discovery = Discovery(domain: "uni.example")
        discovery.places = ["https://autoconfig.uni.example/mail/config-v1.1.xml"]
        #expect(!AnnouncementJudge.findings(discovery, Policy(now: 0)).contains { $0.check == "autoconfig.missing" })
    }

    @Test(
        arguments: [
            (.found(HTTPAnswer(status: 404, headers: [], body: [], isVerified: true)), true), (.noName, true),
            (.noData, true), (.failed("no answer"), false),
            (.found(HTTPAnswer(status: 404, headers: [], body: [], isVerified: false)), false),
            (.found(HTTPAnswer(status: 503, headers: [], body: [], isVerified: true)), false),
            (.found(HTTPAnswer(status: 302, headers: [], body: [], isVerified: true)), false),
        ] as [(Lookup<HTTPAnswer>, Bool)])
    func placesWithoutAFile(answer: Lookup<HTTPAnswer>, isWithout: Bool) {
        #expect(answer.isWithoutFile == isWithout)
    }

    /// Many a router answers questions for addresses and mail, and drops all others.
    @Test func questionsThatWereDroppedProveNothing() {
        let records = ServiceRecords(services: [0: .noName, 1: .failed("no answer in time")], exchangers: .noData)
        var discovery = Discovery(domain: "uni.example")
        discovery.records = records
        #expect(records.isUnknown)
        #expect(AnnouncementJudge.findings(discovery, Policy(now: 0)).isEmpty)
        discovery.records = ServiceRecords(services: [0: .noName], exchangers: .noData)
        #expect(AnnouncementJudge.findings(discovery, Policy(now: 0)).contains { $0.check == "dns.srv-missing" })
    }
}
