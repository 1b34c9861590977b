import MailStore

extension MilterConversation {
    /// DATA existed from version 4 on.
    private static let firstVersionWithData: UInt32 = 4

    /// Header and body, as far as the filter wants to see them.
    func show(_ draft: MessageDraft, _ macros: MilterMacros) async throws(MilterFailure) -> MilterRuling {
        if options.version >= Self.firstVersionWithData {
            let ruling = try await exchange(.data, at: .data, macros)
            guard ruling == .goOn else { return ruling }
        }
        if !options.steps.contains(.noHeaders) {
            let ruling = try await show(draft.header)
            guard ruling == .goOn else { return ruling }
        }
        let ruling = try await exchange(.endOfHeaders, at: .endOfHeaders, macros)
        guard ruling == .goOn, !options.steps.contains(.noBody) else { return ruling }
        return try await showBody(draft)
    }

    private func show(_ header: HeaderBlock) async throws(MilterFailure) -> MilterRuling {
        guard let link else { throw .closed }
        let isSpaced = options.steps.contains(.leadingSpace)
        let commands = header.fields.filter(\.isField).map { field in
            MilterCommand.header(name: Array(field.name), value: field.value(isSpaced: isSpaced))
        }
        if options.steps.contains(.silentHeader) {
            try await link.tell(commands)
            return .goOn
        }
        for command in commands {
            let ruling = try MilterRuling(await link.ask([command]))
            guard ruling == .goOn else { return ruling }
        }
        return .goOn
    }

    private func showBody(_ draft: MessageDraft) async throws(MilterFailure) -> MilterRuling {
        guard let link else { throw .closed }
        let isSilent = options.steps.contains(.silentBody)
        var pieces = try await Self.stored { () throws(StoreError) in try await draft.bodyPieces() }
        while let piece = try await Self.next(&pieces) {
            if isSilent {
                try await link.tell([.body(piece[...])])
                continue
            }
            let reply = try await link.ask([.body(piece[...])])
            if reply == .skip { return .goOn }
            let ruling = try MilterRuling(reply)
            guard ruling == .goOn else { return ruling }
        }
        return .goOn
    }

    private static func next(_ pieces: inout BodyPieces) async throws(MilterFailure) -> [UInt8]? {
        do { return try await pieces.next() } catch { throw .store("\(error)") }
    }

    private static func stored<Value>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(MilterFailure) -> Value {
        do { return try await body() } catch { throw .store("\(error)") }
    }

    /// The filter's last word, and before it what it wants changed.
    func conclude(_ draft: inout MessageDraft, _ macros: MilterMacros) async throws(MilterFailure) -> MilterEnd {
        guard let link else { throw .closed }
        var changes = MilterChanges(policy)
        var body: MessageSpool?
        var reply = try await link.askFinally([told(at: .endOfMessage, macros), .endOfMessage].compactMap { $0 })
        while case .change(let change) = reply {
            // What was not agreed on is not done.
            if !options.actions.isDisjoint(with: change.actions) {
                try changes.add(change)
                if case .replaceBody(let piece) = change {
                    let spool = body ?? draft.makeSpool()
                    body = spool
                    try await Self.stored { () throws(StoreError) in try await spool.append(piece) }
                }
            }
            reply = try await link.more()
        }
        if case .end(let verdict) = try MilterRuling(reply) { return MilterEnd(verdict) }
        changes.apply(to: &draft, isSpaced: options.steps.contains(.leadingSpace))
        if let body {
            draft.replaceBody(try await Self.stored { () throws(StoreError) in try await body.finish(isFinal: false) })
        }
        return MilterEnd(changes)
    }
}
