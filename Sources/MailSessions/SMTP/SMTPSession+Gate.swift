import MailDelivery
import MailFilter
import MailMessage
import MailNetwork
import MailStore
import MailTransport
import MailWire

/// The session's side of the gate: at each step it is asked, and its verdict becomes a reply.
extension SMTPSession {
    /// HELO: what is asked about strangers takes time, and may as well begin.
    func noteArrival() {
        if policy.role == .receiving, relayRight == nil { gate?.arrived(from: connection.peer.ip) }
    }

    func passGate(from sender: ReversePath, _ parameters: MailParameters) async throws(SMTPError) {
        guard let gate else { return }
        let path = MilterPath("<\(sender.address?.description ?? "")>", parameters: parameters.words)
        try obey(await gate.begin(visitor(parameters), sender.address, path))
    }

    func passGate(to recipient: ForwardPath, _ parameters: RcptParameters) async throws(SMTPError) {
        guard let gate else { return }
        let address: EmailAddress? = if case .mailbox(let address) = recipient { address } else { nil }
        let path = MilterPath("<\(address?.description ?? "postmaster")>", parameters: parameters.words)
        try obey(await gate.recipient(address, path))
    }

    /// What is to be done with a message, once everybody has seen it. Refusals are thrown.
    func passGate(
        _ message: StorableMessage, _ body: SMTPBody, _ transaction: SMTPTransaction
    ) async throws(SMTPError) -> GatePassage {
        var passage = GatePassage(message: message, transaction: transaction)
        guard let gate, mayChange(body) else { return passage }
        let end: GateEnd
        do {
            end = try await gate.finish(message, traceSize: body.traceSize, id: body.id)
        } catch {
            throw SMTPError(error)
        }
        try obey(end.verdict)
        if let changed = end.message { passage.message = changed }
        passage.verdict = end.verdict
        for change in end.envelope { await passage.apply(change, resolver: services.resolver) }
        return passage
    }

    /// A message that may become another is not synced yet.
    func mayChange(_ body: SMTPBody) -> Bool { gate.map { $0.wantsMessage || body.hasResults } ?? false }

    private func obey(_ verdict: FilterVerdict) throws(SMTPError) {
        for (filter, failure) in gate?.takeProblems() ?? [] {
            log(problem: "filter", [("filter", "\(filter)"), ("cause", "\(failure)")])
        }
        let speaker = gate?.takeSpeaker().map { [("filter", "\($0)")] } ?? []
        guard let error = SMTPError(verdict) else { return }
        log(
            "filtered",
            [("reply", "\(error.reply.code)"), ("text", error.reply.lines.joined(separator: " "))] + speaker)
        throw error
    }

    private func visitor(_ parameters: MailParameters) -> GateVisitor {
        var visitor = GateVisitor(
            peer: connection.peer, local: connection.local, hello: state.greeting?.name.description ?? "unknown",
            tls: connection.tls.map { GateVisitor.TLS(version: $0.version, cipher: $0.cipher, bits: $0.bits) },
            login: state.account?.address.description, isStranger: relayRight == nil)
        visitor.mechanism = state.mechanism?.rawValue
        if visitor.login != nil { visitor.author = parameters.submitter.flatMap(Xtext.decoded) }
        return visitor
    }
}

extension MailParameters {
    /// As filters are told of them.
    fileprivate var words: [String] {
        var words: [String] = []
        if let size { words.append("SIZE=\(size)") }
        switch body {
        case .eightBit: words.append("BODY=8BITMIME")
        case .binary: words.append("BODY=BINARYMIME")
        default: break
        }
        if isInternational { words.append("SMTPUTF8") }
        if let dsnReturn { words.append("RET=\(dsnReturn.rawValue)") }
        if let envelopeID { words.append("ENVID=\(envelopeID)") }
        if let submitter { words.append("AUTH=\(submitter)") }
        if requiresTLS { words.append("REQUIRETLS") }
        return words
    }
}

extension RcptParameters {
    fileprivate var words: [String] {
        let notice = QueueNotice(self)
        return [("NOTIFY", notice.notify), ("ORCPT", notice.original)].filter { !$0.1.isEmpty }.map { "\($0)=\($1)" }
    }
}
