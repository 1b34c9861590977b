import Foundation
import MailMessage
import Testing

@testable import MailDelivery
@testable import MailStore

@Suite struct LostBodyTests {
    /// A queued body that cannot be read can never be delivered: it must not stay for ever because of that.
    @Test func theSenderIsToldWhenTheBodyIsGone() async throws {
        let fixture = try await DeliveryFixture(now: 1_000)
        let spool = fixture.store.makeSpool()
        try await spool.append(Array("Subject: large\r\n\r\n".utf8) + [UInt8](repeating: 65, count: 300_000))
        let recipient = QueueRecipient(
            destination: .account(try await fixture.id("bo")),
            address: try DeliveryFixture.address("bo@uni.example"), error: "busy")
        try await fixture.store.queue.enqueue(
            QueueSubmission(
                try await spool.finish(),
                QueueEnvelope(
                    sender: try DeliveryFixture.address("anna@uni.example"), receivedAt: fixture.clock.now),
                to: [recipient]))
        for name in fixture.store.queue.files.names() { fixture.store.queue.files.remove(name) }
        fixture.clock.advance(by: RetrySchedule.standard.lifetime)
        await LocalRetry(store: fixture.store, serverName: "mail.uni.example").run()
        #expect(try await fixture.store.queue.summary().entries == 0)
        #expect(try await fixture.inbox("anna").count == 1)
        #expect(try await fixture.inbox("bo") == [])
        await fixture.store.close()
    }
}
