/// The filters of one SMTP connection in their order: each sees what those before it have made of the message.
///
/// Belongs to one session and never leaves its event loop.
package final class MilterChain {
    private let filters: [MilterConversation]
    /// One of them wants the message at hand thrown away: nobody else needs to see it.
    private var isDiscarded = false
    /// Who has spoken the last verdict that was none of acceptance.
    private var speaker: MilterAddress?

    package init(_ addresses: [MilterAddress], _ policy: MilterPolicy) {
        filters = addresses.map { MilterConversation($0, policy) }
    }

    package var isEmpty: Bool { filters.isEmpty }

    /// MAIL
    package func begin(
        _ sender: MilterPath, from client: MilterClient, _ macros: MilterMacros
    ) async -> FilterVerdict {
        isDiscarded = false
        for filter in filters {
            let verdict = await filter.begin(sender, from: client, macros)
            guard verdict == .accept else { return await settle(verdict, filter) }
        }
        return .accept
    }

    /// RCPT
    package func recipient(_ recipient: MilterPath, _ macros: MilterMacros) async -> FilterVerdict {
        guard !isDiscarded else { return .accept }
        for filter in filters {
            let verdict = await filter.recipient(recipient, macros)
            if verdict == .discard { return await settle(verdict, filter) }
            guard verdict == .accept else {
                speaker = filter.address
                return verdict
            }
        }
        return .accept
    }

    /// The end of the data. What holds the message for the operator does not keep the next filter from refusing it.
    package func finish(_ draft: inout MessageDraft, _ macros: MilterMacros) async -> MilterEnd {
        guard !isDiscarded else { return MilterEnd(.discard) }
        var end = MilterEnd(.accept)
        for filter in filters {
            let next = await filter.finish(&draft, macros)
            end.envelope += next.envelope
            switch next.verdict {
            case .accept, .junk: break
            case .quarantine: end.verdict = next.verdict
            case .deferred, .refused, .discard:
                speaker = filter.address
                await abort()
                return next
            }
        }
        return end
    }

    /// RSET, or a message that the session itself refuses.
    package func abort() async {
        for filter in filters { await filter.abort() }
    }

    package func quit() async {
        for filter in filters { await filter.quit() }
    }

    /// Forgets who it was.
    package func takeSpeaker() -> MilterAddress? {
        defer { speaker = nil }
        return speaker
    }

    /// What has gone wrong since last asked, and with whom.
    package func takeProblems() -> [(MilterAddress, MilterFailure)] {
        filters.flatMap { filter in
            defer { filter.problems = [] }
            return filter.problems.map { (filter.address, $0) }
        }
    }

    private func settle(_ verdict: FilterVerdict, _ filter: MilterConversation) async -> FilterVerdict {
        speaker = filter.address
        await abort()
        guard verdict == .discard else { return verdict }
        isDiscarded = true
        return .accept
    }
}
