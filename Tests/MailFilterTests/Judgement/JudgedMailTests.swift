import MailDomainAuth
import MailMessage
import MailNetwork
import MailStore
import Testing

@testable import MailFilter

/// Judgement where it happens: at the gate, on messages of a store.
@Suite struct JudgedMailTests {
    private let own = "mx.receiver.example"

    @Test func resultsStandOnTopAndForgedOnesAreGone() async throws {
        let forged = "Authentication-Results: MX.receiver.example; dkim=pass\n"
        let foreign = "Authentication-Results: mx.other.example; dkim=none\n"
        let (end, text) = try await pass(forged + foreign + FootballRecords.signed, dmarc: "p=reject")
        let lines = text.replacing("\r\n\t", with: " ").split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(end.verdict == .accept)
        #expect(end.judgement?.dmarc?.result == .pass)
        #expect(lines.prefix(2).joined(separator: "\r\n") + "\r\n" == MessageRoom.trace)
        #expect(
            lines.dropFirst(2).first?.hasPrefix("Authentication-Results: mx.receiver.example; spf=fail") == true,
            "\(text)")
        #expect(lines.dropFirst(3).first?.hasPrefix("Authentication-Results: mx.other.example") == true, "\(text)")
        #expect(text.hasSuffix(FootballRecords.signed.replacing("\n", with: "\r\n")), "\(text)")
        #expect(!text.contains("MX.receiver"))
    }

    @Test(arguments: [("p=reject", "refused"), ("p=quarantine", "junk"), ("p=none", "accept")])
    func forgedMail(dmarc: String, outcome: String) async throws {
        let (end, text) = try await pass(FootballRecords.signed.replacing("Joe.", with: "Eve."), dmarc: dmarc)
        switch end.verdict {
        case .refused(_, let status, _): #expect(outcome == "refused" && status == "5.7.1" && end.message == nil)
        case .junk: #expect(outcome == "junk" && text.contains("dmarc=fail"))
        default: #expect(outcome == "accept" && text.contains("dmarc=fail"))
        }
    }

    /// Logged-in people, trusted networks and this machine's own programs are not asked.
    @Test(arguments: [("203.0.113.1", false), ("127.0.0.1", true), ("::1", true)])
    func othersAreNotJudged(address: String, isStranger: Bool) async throws {
        let (end, text) = try await pass(
            FootballRecords.signed.replacing("Joe.", with: "Eve."), dmarc: "p=reject", from: address,
            isStranger: isStranger)
        #expect(end.verdict == .accept)
        #expect(end.judgement == nil)
        #expect(!text.contains("Authentication-Results"))
    }

    /// The next message of the connection is another one.
    @Test func abortedMailIsForgotten() async throws {
        let room = try MessageRoom()
        let gate = gate(room, dmarc: "p=reject")
        _ = await gate.begin(visitor("203.0.113.1"), EmailAddress("joe@football.example.com"), MilterPath("<>"))
        #expect(gate.wantsMessage)
        await gate.abort()
        #expect(!gate.wantsMessage)
    }

    private func pass(
        _ text: String, dmarc: String, from address: String = "203.0.113.1", isStranger: Bool = true
    ) async throws -> (GateEnd, String) {
        let room = try MessageRoom()
        let gate = gate(room, dmarc: dmarc)
        let sender = EmailAddress("joe@football.example.com")
        #expect(
            await gate.begin(visitor(address, isStranger), sender, MilterPath("<joe@football.example.com>")) == .accept)
        let message = try await room.message(text.replacing("\n", with: "\r\n"))
        let end = try await gate.finish(message, traceSize: MessageRoom.trace.utf8.count, id: "x")
        guard let message = end.message else { return (end, "") }
        return (end, try await room.text(of: message))
    }

    private func gate(_ room: MessageRoom, dmarc: String) -> InboundGate {
        var plan = FilterPlan()
        plan.junkHeaders = []
        plan.senders = SenderPolicy(authservID: own)
        let records = FootballRecords(dmarc: dmarc)
        return InboundGate(
            FilterServices(plan, store: room.store, hostName: own, records: records, greylist: nil))
    }

    private func visitor(_ address: String, _ isStranger: Bool = true) -> GateVisitor {
        let here = PeerAddress(ip: IPAddress(v4: 0xc000_0219), port: 25)
        return GateVisitor(
            peer: PeerAddress(ip: IPAddress(address) ?? IPAddress(v4: 0), port: 40_000), local: here,
            hello: "client.example",
            isStranger: isStranger)
    }
}
