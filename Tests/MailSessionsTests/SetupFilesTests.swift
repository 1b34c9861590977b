import Foundation
import MailAdmin
import MailCrypto
import MailStore
import MailTransportTesting
import MailWeb
import Testing

@testable import MailSessions

/// What programs fetch is what `mailctl settings` and `mailctl dns` print: both make it of ClientSettings.
@Suite struct SetupFilesTests {
    private static let offers = [
        ClientSettings.Offer(kind: .imap, port: 993, isImplicit: true),
        ClientSettings.Offer(kind: .smtp, port: 587, isImplicit: false),
        ClientSettings.Offer(kind: .smtp, port: 465, isImplicit: true),
    ]
    private static let everybody = ClientSettings(domains: ["example.test"], host: "mail.example.test", offers: offers)

    private struct Answer {
        var status = ""
        var fields: [String] = []
        var body = ""

        func field(_ name: String) -> String? {
            fields.first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
        }
    }

    private func server(_ change: @escaping (inout WebSettings) -> Void = { _ in }) async throws -> DialogueServer {
        try await DialogueServer { _ in
        } plan: {
            var web = WebSettings(hostName: "mail.example.test")
            web.offers = Self.offers
            change(&web)
            $0.web = web
        }
    }

    private func ask(_ server: DialogueServer, _ head: String, _ body: String = "") async throws -> Answer {
        let client = try await SessionClient(server, .https)
        guard case .memory(let far, _) = client.client else { throw DialogueServer.Missing(what: "memory") }
        await far.send(head + "\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body)
        var octets: [UInt8] = []
        while let more = await far.receive() { octets += more }
        let end = try #require(octets.firstRange(of: Array("\r\n\r\n".utf8)))
        let lines = String(decoding: octets[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        return Answer(
            status: String(lines[0].dropFirst(9)), fields: Array(lines.dropFirst()),
            body: String(decoding: octets[end.upperBound...], as: UTF8.self))
    }

    private func get(_ server: DialogueServer, _ path: String, _ host: String) async throws -> Answer {
        try await ask(server, "GET \(path) HTTP/1.1\r\nHost: \(host)")
    }

    @Test func autoconfig() async throws {
        let server = try await server()
        for (path, host) in [
            ("/mail/config-v1.1.xml", "autoconfig.example.test"),
            ("/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=x%40example.test", "mail.example.test"),
        ] {
            let answer = try await get(server, path, host)
            #expect(answer.body == Self.everybody.autoconfig)
            #expect(answer.field("Access-Control-Allow-Origin") == "*")
            #expect(answer.field("Cross-Origin-Resource-Policy") == "cross-origin")
        }
        #expect(try await get(server, "/mail/config-v1.1.xml", "autoconfig.other.test").status == "404 Not Found")
        await server.stop()
    }

    @Test func userAgents() async throws {
        let server = try await server()
        let answer = try await get(server, "/.well-known/user-agent-configuration.json", "ua-auto-config.example.test")
        #expect(
            answer.body == Self.everybody.userAgentConfiguration && answer.field("Content-Type") == "application/json")
        await server.stop()
    }

    @Test func policy() async throws {
        let policy = TransportPolicy(mode: .testing, hosts: ["mx.example.test"])
        let server = try await server { $0.policy = policy }
        let answer = try await get(server, "/.well-known/mta-sts.txt", "mta-sts.example.test")
        #expect(answer.body == policy.text && answer.field("Content-Type") == "text/plain; charset=utf-8")
        await server.stop()
    }

    private static func request(_ address: String, _ schema: String = ClientSettings.outlookSchema) -> String {
        """
        <?xml version="1.0" encoding="utf-8"?>
        <Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006">
          <Request><EMailAddress>\(address)</EMailAddress>
            <AcceptableResponseSchema>\(schema)</AcceptableResponseSchema></Request>
        </Autodiscover>
        """
    }

    /// Whoever exists and whoever does not: the same answer but for the address that was sent.
    @Test(arguments: ["alice", "nobody", "dan"]) func autodiscover(name: String) async throws {
        let server = try await server()
        let head =
            "POST /Autodiscover/Autodiscover.xml HTTP/1.1\r\nHost: autodiscover.example.test\r\nContent-Type: text/xml"
        let answer = try await ask(server, head, Self.request("\(name)@example.test"))
        #expect(answer.status == "200 OK")
        #expect(answer.body == Self.everybody.autodiscover(for: "\(name)@example.test"))
        await server.stop()
    }

    @Test(arguments: [
        (request("alice@other.test"), "404 Not Found"), (request("alice"), "400 Bad Request"), ("", "400 Bad Request"),
        (
            request(
                "alice@example.test",
                "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006"),
            "422 Unprocessable Content"
        ),
        ("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>" + request("&b;"), "400 Bad Request"),
        (String(repeating: "<a>", count: 20_000), "400 Bad Request"),
    ])
    func badAutodiscover(body: String, status: String) async throws {
        let server = try await server()
        let answer = try await ask(server, "POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: a.test", body)
        #expect(answer.status == status)
        await server.stop()
    }

    private func session(_ server: DialogueServer) async throws -> (cookie: String, entry: AccountEntry) {
        let store = server.server.store
        let entry = try #require(try await store.directory.entry(login: "alice"))
        let (token, _) = try await store.web.sessions.create(
            entry.id, role: .user, client: "test", address: "192.0.2.1")
        return ("Cookie: __Host-session=\(token.text)", entry)
    }

    @Test func profile() async throws {
        let server = try await server()
        let head = "GET /settings/mail.mobileconfig HTTP/1.1\r\nHost: mail.example.test"
        #expect(try await ask(server, head).status == "303 See Other")
        let (cookie, entry) = try await session(server)
        let answer = try await ask(server, head + "\r\n" + cookie)
        let own = ClientSettings(entry, host: "mail.example.test", offers: Self.offers)
        #expect(answer.body == own.mobileconfig && answer.field("Content-Type") == "application/x-apple-aspen-config")
        #expect(answer.field("Access-Control-Allow-Origin") == nil)
        await server.stop()
    }
}
