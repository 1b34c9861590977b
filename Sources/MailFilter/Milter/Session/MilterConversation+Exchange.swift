extension MilterConversation {
    /// One command with its macros, where the filter wants to hear of it; its ruling, where it gives one.
    func exchange(
        _ command: MilterCommand, at stage: MilterStage, _ macros: MilterMacros
    ) async throws(MilterFailure) -> MilterRuling {
        guard let link else { throw .closed }
        let ways = command.ways
        guard !options.steps.contains(ways.without) else { return .goOn }
        let commands = [told(at: stage, macros), command].compactMap { $0 }
        guard options.steps.contains(ways.silent) else { return try MilterRuling(await link.ask(commands)) }
        try await link.tell(commands)
        return .goOn
    }

    func told(at stage: MilterStage, _ macros: MilterMacros) -> MilterCommand? {
        let told = macros.told(at: stage, chosen: options.macros)
        return told.isEmpty ? nil : .macros(stage, told)
    }
}

extension MilterCommand {
    /// The bits with which a filter does without this command, and without answering it.
    fileprivate var ways: (without: MilterSteps, silent: MilterSteps) {
        switch self {
        case .connect: (.noConnect, .silentConnect)
        case .hello: (.noHello, .silentHello)
        case .sender: (.noSender, .silentSender)
        case .recipient: (.noRecipient, .silentRecipient)
        case .data: (.noData, .silentData)
        case .endOfHeaders: (.noEndOfHeaders, .silentEndOfHeaders)
        default: (.never, .never)
        }
    }
}

extension MilterSteps {
    /// A bit that nobody sets.
    fileprivate static let never = MilterSteps(rawValue: 1 << 31)
}
