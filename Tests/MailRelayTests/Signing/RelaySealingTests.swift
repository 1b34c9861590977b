import Foundation
import MailCrypto
import MailDelivery
import MailDomainAuth
import MailMessage
import MailNetwork
import MailStore
import Testing

@testable import MailRelay

/// A store with anna, who forwards, and a key of her domain.
private final class SealingBed {
    let path = NSTemporaryDirectory() + "posthus-sealing-" + UUID().uuidString
    let store: MailStore
    let anna: AccountID
    let records: OneRecord

    init(hasKey: Bool = true) async throws {
        try MailStore.create(at: path, isTestStore: true)
        store = try MailStore(at: path)
        let address = try #require(EmailAddress("anna@uni.example"))
        let domain = try #require(MailDomain("uni.example"))
        anna = try await store.directory.write { transaction in
            try transaction.addDomain(domain)
            return try transaction.addAccount(NewAccount(address: address))
        }
        let key = try SigningKey.generate(.rsa)
        let identity = try #require(SigningIdentity(domain: "uni.example", selector: "s", key: key))
        records = OneRecord(name: identity.recordName, text: identity.recordText)
        guard hasKey else { return }
        try DKIMKeyFolder(store: path).add(
            DKIMKeyEntry(
                selector: "s", kind: .rsa, state: .active, createdAt: 1, changedAt: 1, record: identity.recordText),
            key, to: "uni.example")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func queued(
        _ text: String, _ origin: QueueOrigin, _ traits: QueueTraits = []
    ) async throws -> QueuedMessage {
        let target = try #require(EmailAddress("anna@away.example"))
        var envelope = QueueEnvelope(sender: nil, receivedAt: store.directory.clock())
        (envelope.origin, envelope.submitter, envelope.traits) = (origin, anna, traits)
        try await store.queue.enqueue(
            QueueSubmission(
                StorableMessage(Array(text.utf8)), envelope,
                to: [QueueRecipient(destination: .remote(target), address: target)]))
        return try #require(try await store.queue.claimNew(limit: 1).first)
    }

    func signer(for message: QueuedMessage) -> OutgoingMessage.Signer? {
        RelaySealing(store: store, keys: DKIMKeyring(store: path), authservID: "mail.uni.example").signer(for: message)
    }
}

private struct OneRecord: DomainRecords {
    let name: String
    let text: String

    func texts(of name: String) async -> DomainAnswer<[String]> { name == self.name ? .found([text]) : .none }
    func addresses(of name: String, _ family: IPAddress.Family) async -> DomainAnswer<[IPAddress]> { .none }
    func mailHosts(of name: String) async -> DomainAnswer<[String]> { .none }
    func names(of address: IPAddress) async -> DomainAnswer<[String]> { .none }
}

@Suite struct RelaySealingTests {
    private static let text = """
        Authentication-Results: mail.uni.example; dmarc=pass header.from=origin.example\r
        From: eva@origin.example\r
        Subject: one\r
        \r
        body\r

        """

    @Test func whatIsForwardedIsSealed() async throws {
        let bed = try await SealingBed()
        let sign = try #require(bed.signer(for: try await bed.queued(Self.text, .forwarded)))
        let fields = await sign(MessageContent(Array(Self.text.utf8)))
        #expect(
            Header(fields).first("Delivered-To").map { String(decoding: $0.unfolded, as: UTF8.self) }
                == "anna@uni.example")
        var message = SignedMessage()
        message.consume(fields + Array(Self.text.utf8))
        message.finish()
        let result = await ARCVerifier(bed.records).result(of: message)
        #expect(result.result == .pass && result.sealers == ["uni.example"])
        #expect(result.vouches(for: "origin.example", trusted: ["uni.example"]))
    }

    /// The seal covers the author's signature, which a forwarder further on keeps.
    @Test(arguments: [true, false]) func whatBeganHereIsSignedAsWell(beganHere: Bool) async throws {
        let bed = try await SealingBed()
        let text = Self.text.replacing("eva@origin.example", with: "bo@uni.example")
        let queued = try await bed.queued(text, .forwarded, beganHere ? .beganHere : [])
        let keys = DKIMKeyring(store: bed.path)
        let sealing = RelaySealing(store: bed.store, keys: keys, authservID: "mail.uni.example")
        let sign = try #require(sealing.signer(for: queued, author: RelaySigning(keys).signer(of: queued)))
        let fields = await sign(MessageContent(Array(text.utf8)))
        var message = SignedMessage()
        message.consume(fields + Array(text.utf8))
        message.finish()
        let signatures = await DKIMVerifier(bed.records, now: Int(bed.store.directory.clock())).results(of: message)
        #expect(signatures.map(\.result) == (beganHere ? [.pass] : []))
        #expect(await ARCVerifier(bed.records).result(of: message).result == .pass)
        let covered = Header(fields).first("ARC-Message-Signature").map { String(decoding: $0.unfolded, as: UTF8.self) }
        #expect(covered?.lowercased().contains("dkim-signature") == beganHere)
    }

    /// Without a key the trace alone: circles are cut all the same.
    @Test func noKeyNoSeal() async throws {
        let bed = try await SealingBed(hasKey: false)
        let sign = try #require(bed.signer(for: try await bed.queued(Self.text, .forwarded)))
        #expect(await sign(MessageContent(Array(Self.text.utf8))) == Array("Delivered-To: anna@uni.example\r\n".utf8))
    }

    @Test func otherMailIsNot() async throws {
        let bed = try await SealingBed()
        #expect(bed.signer(for: try await bed.queued(Self.text, .submitted)) == nil)
    }
}
