import Foundation
import Logging
import MailCrypto
import MailIdentity
import MailMessage
import MailStore
import MailTransport
import MailTransportTesting

@testable import MailSessions

/// A whole server over a fresh store: alice, bob and carol @example.test, and tiny, who may keep 20,000 bytes and 20
/// messages; all with the password `secret`. alice and bob belong to the organisation physics. dan is suspended, boss@ is alice, staff@ is alice and bob.
final class DialogueServer: Sendable {
    enum Transport: String, CaseIterable, Sendable { case memory, socket }

    static let users = ["alice", "bob", "carol", "tiny"]
    static let password = Array("secret".utf8)
    private static let hash = try? PasswordHash.make(password)

    let folder: String
    let server: MailServer
    let trust: TLSClientContext
    private let ports: [MailServer.BoundPort]

    /// `reopening` takes over the store of a server that has been drained.
    init(
        reopening before: DialogueServer? = nil,
        logger: Logger = Logger(label: "dialogue") { _ in SwiftLogNoOpLogHandler() },
        settings change: (inout SessionSettings) -> Void = { _ in },
        plan changePlan: (inout ServerPlan) -> Void = { _ in }
    ) async throws {
        folder = before?.folder ?? NSTemporaryDirectory() + "dialogue-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let identity = try await TestCertificate.shared.identity
        trust = try TLSClientContext(trust: .authorities(file: identity.certificateFile))
        if before == nil { try MailStore.create(at: folder + "/store", isTestStore: true) }
        var settings = SessionSettings(hostName: "mail.example.test")
        change(&settings)
        var plan = Self.plan(folder, settings, identity)
        changePlan(&plan)
        server = try MailServer(plan: plan, logger: logger)
        if before == nil { try await Self.addUsers(to: server.store) }
        ports = try await server.start()
    }

    private static func plan(_ folder: String, _ settings: SessionSettings, _ identity: TLSIdentity) -> ServerPlan {
        var plan = ServerPlan(
            storePath: folder + "/store", settings: settings,
            ports: MailService.allCases.map { MailPort($0, host: "127.0.0.1", port: 0) })
        plan.identities = [identity]
        plan.login.limits.delayMilliseconds = 0
        plan.login.limits.maximumDelayMilliseconds = 0
        plan.drainSeconds = 1
        plan.storeOptions.returnSecret = Array("returns of this store".utf8)
        plan.connections.perAddress = nil
        plan.connections.perNetwork = nil
        plan.connections.ratePerAddress = nil
        return plan
    }

    private static func addUsers(to store: MailStore) async throws {
        let credential = Credential(hash: hash, changedAt: 0)
        try await store.directory.write { transaction in
            guard let domain = MailDomain("example.test") else { return }
            _ = try transaction.addDomain(domain)
            guard let physics = OrganisationName("physics") else { return }
            _ = try transaction.addOrganisation(physics)
            for user in users {
                guard let address = EmailAddress("\(user)@example.test") else { continue }
                let quota = user == "tiny" ? QuotaRule(bytes: .limit(20_000), messages: .limit(20)) : nil
                _ = try transaction.addAccount(
                    NewAccount(
                        address: address, login: LoginName(user),
                        organisation: ["alice", "bob"].contains(user) ? physics : nil, quota: quota,
                        credential: credential))
            }
            try addOthers(transaction, credential)
        }
    }

    private static func addOthers(_ transaction: DirectoryTransaction, _ credential: Credential) throws {
        guard let dan = EmailAddress("dan@example.test"), let boss = EmailAddress("boss@example.test"),
            let staff = EmailAddress("staff@example.test"), let alice = EmailAddress("alice@example.test"),
            let bob = EmailAddress("bob@example.test")
        else { return }
        _ = try transaction.addAccount(NewAccount(address: dan, credential: credential, suspended: true))
        try transaction.addAlias(boss, targets: [alice])
        try transaction.addAlias(staff, targets: [alice, bob])
    }

    func port(of service: MailService) -> Int? { ports.first { $0.service == service }?.port }

    func connect(_ service: MailService, over transport: Transport) async throws -> DialogueClient {
        switch transport {
        case .memory: return await connectInMemory(service)
        case .socket:
            guard let port = ports.first(where: { $0.service == service })?.port else { throw Missing(what: "port") }
            let security: Dialer.Security =
                service.security == .implicit ? .tls(trust, serverName: "localhost") : .plaintext
            return .socket(try await Dialer.connect(host: "127.0.0.1", port: port, security: security))
        }
    }

    private func connectInMemory(_ service: MailService) async -> DialogueClient {
        let tls = TLSInfo(version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", bits: 256)
        let (connection, far) = await MemoryConnection.make(
            service: service.rawValue, tls: service.security == .implicit ? tls : nil)
        let converse = server.conversation(of: service, server.services(for: service, server.tls))
        Task {
            await converse(connection)
            await connection.run { $0.close() }
        }
        return .memory(far, connection)
    }

    /// Puts a small message into a mailbox behind every session's back, as a delivery does.
    func deliver(to user: String, _ mailbox: String, subject: String) async throws {
        let account = try await account(user)
        guard let name = MailboxName(mailbox) else { throw Missing(what: mailbox) }
        let text =
            "From: sender@example.test\r\nTo: \(user)@example.test\r\nSubject: \(subject)\r\n\r\nText of \(subject).\r\n"
        let message = StorableMessage(Array(text.utf8))
        try await account.write { transaction in
            guard let info = try transaction.mailbox(name) else { throw StoreError.noSuchMailbox(name) }
            _ = try transaction.append(message, to: info.id, flags: [], receivedAt: 1_700_000_000)
        }
    }

    /// As the upkeep does when there is too much to remember.
    func forgetVanished(of user: String) async throws {
        try await account(user).write { _ = try $0.forgetVanished(keeping: 0) }
    }

    func account(_ user: String) async throws -> Account {
        guard let entry = try await server.store.directory.entry(login: user) else { throw Missing(what: user) }
        return try server.store.account(entry.id)
    }

    func stop() async {
        await server.drain()
        try? FileManager.default.removeItem(atPath: folder)
    }

    struct Missing: Error { let what: String }
}

/// One self-signed certificate for all tests of the process.
actor TestCertificate {
    static let shared = TestCertificate()
    private var made: TLSIdentity?

    var identity: TLSIdentity {
        get throws {
            if let made { return made }
            let folder = NSTemporaryDirectory() + "dialogue-certificate-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            process.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem",
            ]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            let identity = TLSIdentity(certificateFile: folder + "/cert.pem", keyFile: folder + "/key.pem")
            made = identity
            return identity
        }
    }
}
