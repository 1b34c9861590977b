/// What a filter may do to a message: the SMFIF_ bits.
package struct MilterActions: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let addHeaders = MilterActions(rawValue: 0x001)
    package static let changeBody = MilterActions(rawValue: 0x002)
    package static let addRecipients = MilterActions(rawValue: 0x004)
    package static let deleteRecipients = MilterActions(rawValue: 0x008)
    package static let changeHeaders = MilterActions(rawValue: 0x010)
    package static let quarantine = MilterActions(rawValue: 0x020)
    package static let changeSender = MilterActions(rawValue: 0x040)
    package static let addRecipientsWithParameters = MilterActions(rawValue: 0x080)
    package static let chooseMacros = MilterActions(rawValue: 0x100)

    /// All that is understood here.
    package static let all = MilterActions(rawValue: 0x1ff)
    /// What existed in version 2.
    package static let ofVersion2 = MilterActions(rawValue: 0x03f)
}

/// Which steps a filter does without, and which it does not answer: the SMFIP_ bits.
package struct MilterSteps: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let noConnect = MilterSteps(rawValue: 0x1)
    package static let noHello = MilterSteps(rawValue: 0x2)
    package static let noSender = MilterSteps(rawValue: 0x4)
    package static let noRecipient = MilterSteps(rawValue: 0x8)
    package static let noBody = MilterSteps(rawValue: 0x10)
    package static let noHeaders = MilterSteps(rawValue: 0x20)
    package static let noEndOfHeaders = MilterSteps(rawValue: 0x40)
    package static let silentHeader = MilterSteps(rawValue: 0x80)
    package static let noUnknown = MilterSteps(rawValue: 0x100)
    package static let noData = MilterSteps(rawValue: 0x200)
    package static let maySkipBody = MilterSteps(rawValue: 0x400)
    package static let silentConnect = MilterSteps(rawValue: 0x1000)
    package static let silentHello = MilterSteps(rawValue: 0x2000)
    package static let silentSender = MilterSteps(rawValue: 0x4000)
    package static let silentRecipient = MilterSteps(rawValue: 0x8000)
    package static let silentData = MilterSteps(rawValue: 0x1_0000)
    package static let silentUnknown = MilterSteps(rawValue: 0x2_0000)
    package static let silentEndOfHeaders = MilterSteps(rawValue: 0x4_0000)
    package static let silentBody = MilterSteps(rawValue: 0x8_0000)
    /// Values of header fields begin behind the colon, with the blank that usually stands there.
    package static let leadingSpace = MilterSteps(rawValue: 0x10_0000)

    /// All that is understood here: everything but refused recipients (0x800) and larger packets (0x1000_0000 and up).
    package static let all = MilterSteps(rawValue: 0x1f_f7ff)
    package static let ofVersion2 = MilterSteps(rawValue: 0x7f)
}

/// What both sides of a connection keep to.
package struct MilterOptions: Sendable, Equatable {
    package static let newestVersion: UInt32 = 6
    package static let oldestVersion: UInt32 = 2

    package var version: UInt32
    package var actions: MilterActions
    package var steps: MilterSteps
    /// Stages for which the filter names the macros it wants; for the others it gets the usual ones.
    package var macros: [MilterStage: [String]] = [:]

    package init(version: UInt32, actions: MilterActions, steps: MilterSteps) {
        self.version = version
        self.actions = actions
        self.steps = steps
    }

    /// What this side can do.
    package static func offer(version: UInt32 = newestVersion) -> MilterOptions {
        version >= 6
            ? MilterOptions(version: version, actions: .all, steps: .all)
            : MilterOptions(version: version, actions: .ofVersion2, steps: .ofVersion2)
    }

    /// Nil when the answer asks for what was not offered: such a filter would be surprised later.
    package func agreed(to answer: MilterOptions) -> MilterOptions? {
        guard answer.version >= Self.oldestVersion, answer.version <= version,
            answer.actions.isSubset(of: actions), answer.steps.isSubset(of: steps)
        else { return nil }
        return answer
    }
}

/// The points of a conversation at which macros are told, numbered as SMFIM_ does.
package enum MilterStage: UInt32, Sendable, CaseIterable {
    case connect = 0
    case hello = 1
    case sender = 2
    case recipient = 3
    case data = 4
    case endOfMessage = 5
    case endOfHeaders = 6
}
