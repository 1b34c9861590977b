package import MailMessage
package import MailNetwork
package import MailStore

/// What stands between the world and the mailboxes, one for each SMTP connection: block lists, greylisting and filters.
///
/// The session calls it at each step and does as the verdict says. Belongs to one session and never leaves its event loop.
package final class InboundGate {
    let services: FilterServices
    private let filters: MilterChain
    private var visitor: GateVisitor?
    private var macros = MilterMacros()
    private var sender: EmailAddress?
    var check: SenderCheck?
    private var listing: Task<BlockLists.Finding?, Never>?
    private var clientName: Task<String?, Never>?

    package init(_ services: FilterServices) {
        self.services = services
        filters = MilterChain(services.plan.milters, services.plan.milterPolicy)
    }

    /// HELO of a stranger: what takes time begins now.
    package func arrived(from address: IPAddress) {
        if listing == nil, !services.blockLists.isEmpty {
            listing = Task { [lists = services.blockLists] in await lists.find(address) }
        }
        learnName(of: address)
    }

    /// MAIL
    package func begin(
        _ visitor: GateVisitor, _ sender: EmailAddress?, _ path: MilterPath
    ) async -> FilterVerdict {
        self.visitor = visitor
        self.sender = sender
        check = makeCheck(visitor, sender)
        guard !filters.isEmpty else { return .accept }
        learnName(of: visitor.peer.ip)
        let name = await clientName?.value
        macros = MilterMacros(visitor, hostName: services.hostName, clientName: name)
        macros.note(sender: sender)
        return await filters.begin(
            path, from: MilterClient(name: name, peer: visitor.peer, hello: visitor.hello), macros)
    }

    /// RCPT, after the recipient has been found to be one. The operator can always be written to (RFC 5321 §4.5.1).
    package func recipient(_ address: EmailAddress?, _ path: MilterPath) async -> FilterVerdict {
        if let visitor, visitor.isStranger, !Self.isPostmaster(address) {
            if let finding = await listing?.value { return Self.refusal(finding, visitor.peer.ip) }
            if let verdict = await greylist(visitor.peer.ip, address) { return verdict }
        }
        guard !filters.isEmpty else { return .accept }
        macros.note(recipient: address)
        return await filters.recipient(path, macros)
    }

    /// The end of the data: `message` is not synced yet, and its first `traceSize` octets are our own.
    package func finish(
        _ message: StorableMessage, traceSize: Int, id: String
    ) async throws(StoreError) -> GateEnd {
        var draft: MessageDraft
        do throws(DraftError) {
            draft = try await MessageDraft(of: message, traceSize: traceSize, in: services.store)
        } catch {
            await filters.abort()
            guard case .store(let error) = error else { return GateEnd(.headerTooLarge) }
            throw error
        }
        let judgement = try await judge(&draft)
        if judgement == nil { draft.removeForged(services.judge?.policy.authservID) }
        var end: GateEnd
        if let verdict = judgement?.verdict, verdict.endsMail {
            await filters.abort()
            end = GateEnd(verdict)
        } else {
            macros["i"] = id
            end = try await pass(&draft, judgement?.verdict ?? .accept)
        }
        end.judgement = judgement
        return end
    }

    /// `verdict`, about the sender, lets the message in.
    private func pass(_ draft: inout MessageDraft, _ verdict: FilterVerdict) async throws(StoreError) -> GateEnd {
        let end = await filters.finish(&draft, macros)
        switch end.verdict {
        case .accept, .junk, .quarantine:
            if let path = end.newSender { draft.setReturnPath(path) }
            let marked = verdict == .accept ? junk(draft) ?? .accept : verdict
            // To be looked at weighs more than to be put aside.
            let final = end.verdict == .accept ? marked : end.verdict
            return GateEnd(final, try await draft.finish(), end.envelope)
        case .deferred, .refused, .discard: return GateEnd(end.verdict)
        }
    }

    /// Whether there is anybody to show the message to.
    package var wantsMessage: Bool {
        !filters.isEmpty || check != nil || visitor?.isStranger == true && !services.plan.junkHeaders.isEmpty
    }

    /// RSET, or the session itself refuses the message.
    package func abort() async {
        check = nil
        await filters.abort()
    }

    package func close() async {
        listing?.cancel()
        clientName?.cancel()
        await filters.quit()
    }

    /// Which filter spoke the last verdict; nil: it was our own.
    package func takeSpeaker() -> MilterAddress? { filters.takeSpeaker() }

    /// What has gone wrong with filters since last asked.
    package func takeProblems() -> [(MilterAddress, MilterFailure)] { filters.takeProblems() }

    private func learnName(of address: IPAddress) {
        guard clientName == nil, !filters.isEmpty else { return }
        clientName = Task { [names = ClientNames(records: services.records)] in await names.name(of: address) }
    }

    private func greylist(_ client: IPAddress, _ recipient: EmailAddress?) async -> FilterVerdict? {
        guard let list = services.greylist, !client.isLoopback, let sender, let recipient else { return nil }
        let network: String
        switch await standing(of: sender) {
        case .exempt: return nil
        case .proven(let domain): network = "spf \(domain)"
        case .unknown: network = GreylistNetwork.around(client).description
        }
        let decision = try? await list.decide(
            network: network, sender: sender.description, recipient: recipient.description)
        guard case .wait(let seconds)? = decision else { return nil }
        return .deferred(code: 450, status: "4.7.1", text: "Greylisted, try again in \(seconds) seconds")
    }

    private func junk(_ draft: MessageDraft) -> FilterVerdict? {
        let marks = services.plan.junkHeaders
        let mark = draft.header.fields.lazy.compactMap { field in marks.first { $0.matches(field) } }.first
        return mark.map { .junk(reason: $0.description) }
    }

    private static func isPostmaster(_ address: EmailAddress?) -> Bool {
        guard let address else { return true }
        return address.local.lowercased() == "postmaster"
    }

    private static func refusal(_ finding: BlockLists.Finding, _ address: IPAddress) -> FilterVerdict {
        let words = finding.explanation.isEmpty ? "" : ": \(finding.explanation)"
        return .refused(code: 550, status: "5.7.1", text: "[\(address)] is listed by \(finding.zone)\(words)")
    }
}

extension FilterVerdict {
    static let headerTooLarge = FilterVerdict.refused(
        code: 552, status: "5.3.4",
        text: "The header has more than \(HeaderBlock.largest) octets or \(HeaderBlock.mostFields) fields")
}
