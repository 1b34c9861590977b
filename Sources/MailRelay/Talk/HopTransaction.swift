import MailWire

/// Who of a message's recipients has been taken: from the replies alone, in the order of the commands.
struct HopTransaction {
    enum Step: Equatable {
        case reset, mail
        /// By its place in the message.
        case recipient(Int)
        /// DATA, or BDAT with all of the content.
        case data
    }

    /// What the session knows of a recipient.
    private enum Verdict: Equatable {
        case unknown, accepted
        case decided(HopResult)
    }

    private let host: String
    private var verdicts: [Verdict]
    private var inFlight: [Step] = []
    private var answered = 0
    private(set) var accepted = 0
    /// MAIL was refused.
    private(set) var isRefused = false
    /// The reply to DATA, or to BDAT.
    private(set) var dataReply: RemoteReply?

    init(recipients: Int, host: String) {
        self.host = host
        verdicts = Array(repeating: .unknown, count: recipients)
    }

    var waiting: Int { inFlight.count - answered }

    /// Nobody is left for whom the content could be sent.
    var isHopeless: Bool { isRefused || accepted == 0 && !verdicts.contains(.unknown) }

    /// The host has answered something.
    var wasAnswered: Bool { answered > 0 }

    func isUndecided(_ index: Int) -> Bool { verdicts.indices.contains(index) && verdicts[index] == .unknown }

    /// Before anything is sent: what is known without asking.
    mutating func decide(_ index: Int, _ result: HopResult) {
        guard verdicts.indices.contains(index) else { return }
        verdicts[index] = .decided(result)
    }

    mutating func sent(_ step: Step) { inFlight.append(step) }

    /// The answer to the oldest command that has none.
    mutating func take(_ reply: RemoteReply) {
        guard answered < inFlight.count else { return }
        let step = inFlight[answered]
        answered += 1
        switch step {
        case .reset: break
        case .mail: takeMail(reply)
        case .recipient(let index): takeRecipient(index, reply)
        case .data: dataReply = reply
        }
    }

    private mutating func takeMail(_ reply: RemoteReply) {
        guard reply.kind != .success else { return }
        isRefused = true
        settleUnknown(as: Self.refusal(reply, host))
    }

    private mutating func takeRecipient(_ index: Int, _ reply: RemoteReply) {
        guard isUndecided(index) else { return }
        if reply.kind == .success {
            verdicts[index] = .accepted
            accepted += 1
        } else if isFull(reply), accepted > 0 {
            verdicts[index] = .decided(.postponed(HopReply(reply, of: host)))
        } else {
            verdicts[index] = .decided(Self.refusal(reply, host))
        }
    }

    /// RFC 5321 §4.5.3.1.10: 452, or 552 of older servers, for more recipients than one transaction may have.
    private func isFull(_ reply: RemoteReply) -> Bool {
        guard reply.code == 452 || reply.code == 552 else { return false }
        return reply.ownStatus.map { $0.hasSuffix(".5.3") } ?? (reply.code == 452)
    }

    /// A reply of class 2 or 3 in the wrong place decides nothing for good.
    static func refusal(_ reply: RemoteReply, _ host: String) -> HopResult {
        switch reply.kind {
        case .permanent: .failed(HopReply(reply, of: host))
        case .temporary: .deferred(HopReply(reply, of: host))
        case .success, .intermediate:
            .deferred(HopReply(host: host, code: reply.code, status: "4.5.0", text: "unexpected: \(reply.text)"))
        }
    }

    private mutating func settleUnknown(as result: HopResult) {
        for index in verdicts.indices where verdicts[index] == .unknown { verdicts[index] = .decided(result) }
    }

    /// Everybody who is taken or unknown still.
    mutating func settle(as result: HopResult) {
        for index in verdicts.indices {
            if case .decided = verdicts[index] { continue }
            verdicts[index] = .decided(result)
        }
        accepted = 0
    }

    /// In the order of the recipients, once all are settled.
    var results: [HopResult] {
        verdicts.map { verdict in
            if case .decided(let result) = verdict { return result }
            return .deferred(HopReply(status: "4.5.0", text: "\(host) has not answered"))
        }
    }
}
