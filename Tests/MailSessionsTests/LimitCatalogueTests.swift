import Foundation
import MailConfig
import MailStore
import MailTransport
import Testing

@testable import MailSessions

/// docs/LIMITS.md is made from the catalogue; after a change run
/// `RECORD_GENERATED=1 swift test --filter LimitCatalogue` and look at the difference.
@Suite struct LimitCatalogueTests {
    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private var plan: ServerPlan { ServerPlan(storePath: "", settings: SessionSettings(hostName: "x"), ports: []) }

    @Test func everyRowSaysEnough() {
        let rows = LimitCatalogue.rows(plan)
        #expect(Set(rows.map(\.name)).count == rows.count && rows.count > 100)
        for row in rows {
            #expect(row.name.contains(".") && !row.reason.isEmpty, "\(row.name)")
            #expect(row.reference?.hasPrefix("RFC ") ?? true)
        }
    }

    @Test func theDocumentIsUpToDate() throws {
        let file = Self.root.appending(path: "docs/LIMITS.md")
        let text = LimitCatalogue.markdown(LimitCatalogue.rows(plan))
        if ProcessInfo.processInfo.environment["RECORD_GENERATED"] != nil {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    /// What the server does without a configuration is what the configuration calls its defaults.
    @Test func theDefaultsAreTheConfigurations() {
        let (keys, connections, sessions) = (Configuration().limits, ConnectionLimits(), SessionLimits())
        let pairs: [(Int, Int?)] = [
            (keys.connections, connections.total), (keys.connectionsPerAddress, connections.perAddress),
            (keys.connectionsPerNetwork, connections.perNetwork), (keys.connectionRate, connections.ratePerAddress),
            (keys.handshake, connections.handshakeSeconds), (keys.login, sessions.loginSeconds),
            (keys.commandsBeforeLogin, sessions.commandsBeforeLogin), (keys.idleBeforeLogin, sessions.idleBeforeLogin),
            (keys.idleAfterLogin, sessions.idleAfterLogin), (keys.badCommands, sessions.badCommands),
            (keys.dataRate, sessions.dataRate), (keys.dataGrace, sessions.dataGraceSeconds),
            (keys.transfer, sessions.transferSeconds), (keys.search, sessions.searchSeconds),
            (keys.change, sessions.changeSeconds),
            (keys.sessionsPerAccount, sessions.sessionsPerAccount), (keys.recipients, plan.receiving.recipientLimit),
            (keys.recipients, plan.submission.recipientLimit), (keys.badCommands, plan.receiving.errorLimit),
            (Int(keys.spoolMemory), plan.storeOptions.spoolMemory),
            (Int(keys.messageSize), Int(plan.settings.messageLimit)),
        ]
        for (number, pair) in pairs.enumerated() { #expect(pair.0 == pair.1, "pair \(number)") }
        #expect(plan.storeOptions.diskFloor.bytes == keys.diskFloor)
    }
}
