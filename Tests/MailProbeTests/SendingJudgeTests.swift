import Testing

@testable import MailDial
@testable import MailProbe

/// What the answers to strangers amount to.
@Suite struct SendingJudgeTests {
    static func exchanger(_ change: (inout SendingEvidence) -> Void) -> [Finding] {
        let found = JudgeTests.evidence(Endpoint(.smtp, .starttls, "mx.uni.example")) {
            $0.greeting = .line("220 mx.uni.example ESMTP", milliseconds: 1)
            $0.clearCapabilities = ["STARTTLS"]
            $0.startTLS = .accepted
            $0.handshake = .done(TLSFacts(), milliseconds: 1)
            $0.capabilities = ["PIPELINING"]
            var sending = SendingEvidence()
            change(&sending)
            $0.sending = sending
        }
        return EndpointJudge.findings(found, Policy(now: 0))
    }

    private static func answer(_ text: String) -> SendingEvidence.Answer {
        SendingEvidence.Answer(address: "x@uni.example", code: Int(text.prefix(3)) ?? 0, text: text)
    }

    /// RFC 6647 §2: "later" is one refusal among many.
    @Test(
        arguments: [
            ("250 2.1.5 OK", .ok, false), ("450 4.7.1 Greylisted, see you again in 300 seconds", .info, false),
            ("451 4.7.1 Greylisting in action, please come back later", .info, false),
            ("450 4.2.0 <x>: Recipient address rejected: Graylisted", .info, false),
            ("451 4.7.1 Try again later", .info, false),
            ("451 Temporary failure, please try again later.", .info, false),
            ("450 4.7.1 <x>: Helo command rejected: Host not found", .skipped, false),
            ("452 4.2.2 The mailbox is full, try again later", .skipped, false),
            ("451 4.3.0 Temporary lookup failure, try again later", .skipped, false),
            ("421 4.7.0 Try again later", .skipped, false), ("550 5.1.1 No such user", .skipped, false),
            ("554 5.7.1 Service unavailable; blocked using zen.spamhaus.org", .skipped, false),
            ("554 5.7.1 Relay access denied", .skipped, true),
        ] as [(String, Status, Bool)])
    func recipients(text: String, status: Status, isRelayDenied: Bool) {
        let found = Self.exchanger { $0.recipient = Self.answer(text) }
        #expect(found.filter { $0.check == "smtp.greylist" }.map(\.status) == [status])
        #expect(found.contains { $0.check == "smtp.relay-denied" } == isRelayDenied)
    }

    /// A server that puts strangers off has not said what it does with them.
    @Test(
        arguments: [
            ("250 2.1.5 OK", .critical), ("554 5.7.1 Relay access denied", .ok), ("450 4.7.1 Greylisted", .skipped),
        ] as [(String, Status)])
    func relays(text: String, status: Status) {
        let found = Self.exchanger { $0.relay = Self.answer(text) }
        #expect(found.filter { $0.check == "smtp.open-relay" }.map(\.status) == [status])
    }
}
