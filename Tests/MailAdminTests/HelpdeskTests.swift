import Foundation
import MailMessage
import MailStore
import Testing

@testable import MailAdmin

/// What a helpdesk may do for somebody, and where that ends.
@Suite struct HelpdeskTests {
    private static let now: EpochSeconds = 1_800_000_000

    private struct Bed {
        let administration: Administration
        var store: MailStore { administration.store }

        func anna() async throws -> AccountEntry { try await administration.account("anna") }

        func enqueue(from submitter: AccountID?, hold: String?) async throws -> QueueID {
            let (sender, far) = (EmailAddress("anna@a.test"), EmailAddress("x@far.example"))
            var envelope = QueueEnvelope(sender: sender, receivedAt: HelpdeskTests.now)
            envelope.submitter = submitter
            let address = try #require(far)
            var submission = QueueSubmission(
                StorableMessage(Array("Subject: x\r\n\r\nx\r\n".utf8)), envelope,
                to: [QueueRecipient(destination: .remote(address), address: address)])
            submission.hold = hold
            return try await store.queue.enqueue(submission)
        }
    }

    /// Anna and Bo of an organisation without a pool.
    private func withBed(_ body: (Bed) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "posthus-helpdesk-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try MailStore.create(at: folder, isTestStore: true)
        let store = try MailStore(at: folder, clock: { Self.now })
        try await store.directory.write { transaction in
            try transaction.addDomain(try #require(MailDomain("a.test")))
            let physics = try #require(OrganisationName("physics"))
            try transaction.addOrganisation(physics)
            for name in ["anna", "bo"] {
                let address = try #require(EmailAddress("\(name)@a.test"))
                try transaction.addAccount(NewAccount(address: address, organisation: physics))
            }
        }
        try await body(Bed(administration: Administration(store: store, actor: "help", clock: { Self.now })))
        await store.close()
    }

    @Test func aRoleEndsTheLinksMadeBefore() async throws {
        try await withBed { bed in
            let anna = try await bed.anna()
            let made = try await bed.administration.passwordLink(for: anna, seconds: 3_600, site: "")
            let token = try #require(WebToken(text: made.text.replacingOccurrences(of: "/reset/", with: "")))
            #expect(try await bed.store.web.links.find(token, for: .passwordReset) == anna.id)
            #expect(try await bed.administration.grant(.operator, to: anna) == .changed)
            #expect(try await bed.store.web.links.find(token, for: .passwordReset) == nil)
        }
    }

    /// A name that leads to somebody else is not unlocked along with it.
    @Test func namesThatLeadToTheAccount() async throws {
        try await withBed { bed in
            let taken = try #require(EmailAddress("cy@a.test"))
            let login = try #require(LoginName("chair"))
            let aliases = try ["chair@a.test", "head@a.test"].map { try #require(EmailAddress($0)) }
            let target = try #require(EmailAddress("anna@a.test"))
            try await bed.store.directory.write { transaction in
                try transaction.addAccount(NewAccount(address: taken, login: login))
                for alias in aliases { try transaction.addAlias(alias, targets: [target]) }
            }
            let names = try await bed.administration.loginNames(of: bed.anna())
            #expect(names == ["anna", "anna@a.test", "chair@a.test", "head@a.test", "head"])
        }
    }

    /// Browsers end although no worker answers, and the trail says so.
    @Test func browsersEndFirst() async throws {
        try await withBed { bed in
            let anna = try await bed.anna()
            _ = try await bed.store.web.sessions.create(anna.id, role: .user, client: "c", address: "192.0.2.1")
            await #expect(throws: AdminError.notRunning) {
                try await bed.administration.endSessions(.account(anna.id))
            }
            #expect(try await bed.store.web.sessions.list(of: anna.id).isEmpty)
            let audit = try await bed.store.directory.read { try $0.audit(of: "account \(anna.id)", limit: 1) }
            #expect(audit.map(\.action) == ["session close"])
        }
    }

    /// Whose it is goes by who sent it, not by the sender it names.
    @Test func heldMailIsTheSubmitters() async throws {
        try await withBed { bed in
            let (anna, bo) = (try await bed.anna(), try await bed.administration.account("bo"))
            let own = try await bed.enqueue(from: anna.id, hold: "over the limit of 5 recipients a day")
            let others = [
                try await bed.enqueue(from: bo.id, hold: "over the limit of 5 recipients a day"),
                try await bed.enqueue(from: nil, hold: "over the limit of 5 recipients a day"),
                try await bed.enqueue(from: anna.id, hold: "a filter holds it: x"),
            ]
            #expect(try await bed.administration.heldMail(of: anna, limit: 9).map(\.entry) == [own])
            for entry in others { #expect(try await bed.administration.releaseHeld(entry, of: anna) == 0) }
            #expect(try await bed.store.queue.summary().held == 4)
            #expect(try await bed.administration.releaseHeld(own, of: anna) == 1)
            #expect(try await bed.administration.heldMail(of: anna, limit: 9).isEmpty)
        }
    }

    @Test func whatAnOperatorHoldsStaysHeld() async throws {
        try await withBed { bed in
            let anna = try await bed.anna()
            let entry = try await bed.enqueue(from: anna.id, hold: "over the limit of 5 recipients a day")
            #expect(try await bed.administration.holdQueue(entry) == 1)
            #expect(try await bed.administration.holdQueue(entry) == 0)
            #expect(try await bed.administration.heldMail(of: anna, limit: 9).isEmpty)
            #expect(try await bed.administration.releaseHeld(entry, of: anna) == 0)
            #expect(try await bed.store.queue.lines(limit: 9).map(\.lastError) == ["held by help"])
            #expect(try await bed.administration.releaseQueue(entry) == 1)
            #expect(try await bed.administration.holdQueue(entry) == 1)
            #expect(try await bed.administration.releaseHeld(entry, of: anna) == 0)
        }
    }

    private func order(_ text: String, until: EpochSeconds? = nil, isHelpdesk: Bool = true) throws -> QuotaOrder {
        var order = QuotaOrder(size: try SizeChange(text))
        (order.until, order.needsPool) = (until, isHelpdesk)
        return order
    }

    private func refuses(_ text: String, until: EpochSeconds? = nil, _ bed: Bed) async throws {
        let (anna, order) = (try await bed.anna(), try order(text, until: until))
        await #expect(throws: AdminError.self, "\(text)") { try await bed.administration.setQuota(order, of: anna) }
    }

    @Test func aLimitForATimeIsNoneForGood() async throws {
        try await withBed { bed in
            let administration = bed.administration
            let (soon, later) = (Self.now + 86_400, Self.now + 9 * 86_400)
            _ = try await administration.setQuota(order("500MB", isHelpdesk: false), of: bed.anna())
            _ = try await administration.setQuota(order("900MB", until: soon, isHelpdesk: false), of: bed.anna())
            try await refuses("900MB", bed)
            try await refuses("900MB", until: later, bed)
            try await refuses("+1MB", bed)
            _ = try await administration.setQuota(order("-50MB"), of: bed.anna())
            #expect(try await bed.anna().quota.bytesAfterwards == 450_000_000)
            #expect(try await bed.anna().quota.bytes == 900_000_000)
            // And a pool that is overdrawn gives nothing, even if the sum stays as it is.
            let physics = try #require(OrganisationName("physics"))
            _ = try await administration.setPool(1_000_000_000, of: physics)
            try await refuses("900MB", bed)
            _ = try await administration.setPool(2_000_000_000, of: physics)
            _ = try await administration.setQuota(order("900MB"), of: bed.anna())
            #expect(try await bed.anna().quota.bytesAfterwards == 900_000_000)
        }
    }
}
