/// One filter beside one SMTP connection: its messages go over one connection to the filter, made when the first begins.
///
/// Belongs to one session and never leaves its event loop.
package final class MilterConversation {
    package let address: MilterAddress
    let policy: MilterPolicy
    /// What has gone wrong, until somebody takes it.
    package var problems: [MilterFailure] = []

    var link: MilterLink?
    var options = MilterOptions.offer()
    private var hello: String?
    private var interest = Interest.none

    /// How much the filter wants to see now.
    private enum Interest: Equatable {
        /// Nothing is begun.
        case none
        case message
        /// It has accepted everything from this client.
        case nothing
        /// It wants nothing from this client.
        case refusal(FilterVerdict)
    }

    package init(_ address: MilterAddress, _ policy: MilterPolicy) {
        self.address = address
        self.policy = policy
    }

    /// MAIL: begins a message, and before the first the conversation.
    package func begin(
        _ sender: MilterPath, from client: MilterClient, _ macros: MilterMacros
    ) async -> FilterVerdict {
        await abort()
        let wasOpen = link != nil
        do throws(MilterFailure) {
            do throws(MilterFailure) {
                return try await open(sender, client, macros)
            } catch .closed where wasOpen {
                // It may tire of connections that stand idle.
                link = nil
                return try await open(sender, client, macros)
            }
        } catch {
            return await failed(error)
        }
    }

    private func open(
        _ sender: MilterPath, _ client: MilterClient, _ macros: MilterMacros
    ) async throws(MilterFailure) -> FilterVerdict {
        try await greet(client, macros)
        switch interest {
        case .none, .message: break
        case .nothing: return .accept
        case .refusal(let verdict): return verdict
        }
        switch try await exchange(.sender(sender.address, parameters: sender.parameters), at: .sender, macros) {
        case .goOn: interest = .message
        case .done: break
        case .end(let verdict): return verdict
        }
        return .accept
    }

    /// RCPT: a refusal concerns this recipient alone.
    package func recipient(_ recipient: MilterPath, _ macros: MilterMacros) async -> FilterVerdict {
        guard interest == .message else { return .accept }
        do throws(MilterFailure) {
            let command = MilterCommand.recipient(recipient.address, parameters: recipient.parameters)
            switch try await exchange(command, at: .recipient, macros) {
            case .goOn: return .accept
            case .done: interest = .none
            case .end(.discard):
                interest = .none
                return .discard
            case .end(let verdict): return verdict
            }
            return .accept
        } catch {
            return await failed(error)
        }
    }

    /// The end of the data: the filter sees the message, and the draft is changed as it wishes.
    package func finish(_ draft: inout MessageDraft, _ macros: MilterMacros) async -> MilterEnd {
        guard interest == .message else { return MilterEnd(.accept) }
        interest = .none
        do throws(MilterFailure) {
            switch try await show(draft, macros) {
            case .goOn: return try await conclude(&draft, macros)
            case .done: return MilterEnd(.accept)
            case .end(let verdict): return MilterEnd(verdict)
            }
        } catch {
            return MilterEnd(await failed(error))
        }
    }

    /// The message at hand comes to nothing.
    package func abort() async {
        guard interest == .message else { return }
        interest = .none
        do throws(MilterFailure) { try await link?.tell([.abort]) } catch { _ = await failed(error) }
    }

    /// The client has gone.
    package func quit() async {
        await link?.close()
        link = nil
    }

    /// Connects where that is to be done, and says HELO where its name is new.
    private func greet(_ client: MilterClient, _ macros: MilterMacros) async throws(MilterFailure) {
        if link == nil {
            (link, options) = try await MilterLink.open(address, policy)
            (interest, hello) = (.none, nil)
            try await introduce(.connect(name: client.name, peer: client.peer), at: .connect, macros)
        }
        guard interest == .none, hello != client.hello else { return }
        hello = client.hello
        try await introduce(.hello(client.hello), at: .hello, macros)
    }

    private func introduce(
        _ command: MilterCommand, at stage: MilterStage, _ macros: MilterMacros
    ) async throws(MilterFailure) {
        switch try await exchange(command, at: stage, macros) {
        case .goOn, .end(.discard): break
        case .done: interest = .nothing
        case .end(let verdict): interest = .refusal(verdict)
        }
    }

    private func failed(_ failure: MilterFailure) async -> FilterVerdict {
        problems.append(failure)
        interest = .none
        await link?.drop()
        link = nil
        return FilterVerdict(policy.fallback)
    }
}
