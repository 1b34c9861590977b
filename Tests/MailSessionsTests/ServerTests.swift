import Foundation
import Logging
import MailNetwork
import MailStore
import MailTransport
import Testing

@testable import MailSessions

@Suite(.serialized) struct ServerTests {
    @Test func everyServiceGreets() async throws {
        let server = try await DialogueServer()
        for service in MailService.allCases where service != .https {
            let client = try await SessionClient(server, service, over: .socket)
            let greeting = try await client.hear()
            let expected =
                service.rawValue.hasPrefix("imap") ? "* OK" : service.rawValue.hasPrefix("pop3") ? "+OK" : "220 "
            #expect(greeting.hasPrefix(expected), "\(service): \(greeting)")
        }
        await server.stop()
    }

    /// A bad certificate leaves the old one in place; a good one is served from then on, without a restart.
    @Test func reloadKeepsWhatWorks() async throws {
        let server = try await DialogueServer()
        let bad = TLSIdentity(certificateFile: "/dev/null", keyFile: "/dev/null")
        #expect(throws: TLSError.self) { try server.server.reload(identities: [bad]) }
        let before = try await SessionClient(server, .pop3s, over: .socket)
        #expect(try await before.hear() == "+OK mail.example.test POP3 ready")
        try server.server.reload()
        let after = try await SessionClient(server, .imaps, over: .socket)
        #expect(try await after.hear().hasPrefix("* OK"))
        await server.stop()
    }

    @Test func aPortTakenIsAnError() async throws {
        let server = try await DialogueServer()
        var plan = server.server.plan
        plan.storePath = server.folder + "/second"
        try MailStore.create(at: plan.storePath, isTestStore: true)
        plan.ports = server.server.plan.ports.map { MailPort($0.service, host: "192.0.2.1", port: 1) }
        let second = try MailServer(plan: plan, logger: .init(label: "test"))
        await #expect(throws: ListenError.self) { try await second.start() }
        await second.drain()
        await server.stop()
    }

    @Test(arguments: MailService.allCases) func refusalsAreInTheProtocolsForm(service: MailService) {
        let text = service.refusal("mail.example.test", .tooManyFromAddress)
        #expect(text.hasSuffix("\r\n") && ["421 ", "* BYE", "-ERR", "HTTP/1.1 503 "].contains { text.hasPrefix($0) })
    }
}
