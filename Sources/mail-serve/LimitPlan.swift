import MailConfig
import MailNetwork
import MailSessions
import MailStore
import MailTransport

/// `[limits]` in the server's own values; 0 means no limit where the key says so.
struct LimitPlan {
    private let limits: LimitsSection

    init(_ limits: LimitsSection) { self.limits = limits }

    func apply(to plan: inout ServerPlan) {
        plan.connections = connections(plan)
        plan.settings.messageLimit = limits.messageSize
        plan.settings.limits = sessions(plan.settings.limits)
        plan.storeOptions.spoolMemory = Int(clamping: limits.spoolMemory)
        plan.storeOptions.diskFloor = diskFloor
        for policy in [\ServerPlan.receiving, \ServerPlan.submission] {
            plan[keyPath: policy].recipientLimit = limits.recipients
            plan[keyPath: policy].errorLimit = limits.badCommands
        }
    }

    private func connections(_ plan: ServerPlan) -> ConnectionLimits {
        var result = ConnectionLimits(
            perAddress: Self.unlessZero(limits.connectionsPerAddress), total: limits.connections,
            handshakeSeconds: limits.handshake)
        result.perNetwork = Self.unlessZero(limits.connectionsPerNetwork)
        result.ratePerAddress = Self.unlessZero(limits.connectionRate)
        result.exempt = limits.exempt.compactMap { AddressPrefix($0) }
        result.overload.descriptorReserve = DescriptorLimit.reserve(plan.storeOptions)
        result.overload.memory = limits.memory > 0 ? limits.memory : MemoryLimit.standard()
        return result
    }

    private func sessions(_ given: SessionLimits) -> SessionLimits {
        var result = given
        result.badCommands = limits.badCommands
        result.loginSeconds = limits.login
        result.commandsBeforeLogin = limits.commandsBeforeLogin
        result.idleBeforeLogin = limits.idleBeforeLogin
        result.idleAfterLogin = limits.idleAfterLogin
        result.dataRate = limits.dataRate
        result.dataGraceSeconds = limits.dataGrace
        result.transferSeconds = limits.transfer
        result.searchSeconds = limits.search
        result.changeSeconds = limits.change
        result.sessionsPerAccount = Self.unlessZero(limits.sessionsPerAccount)
        return result
    }

    private var diskFloor: DiskFloor {
        switch limits.diskFloor {
        case 0: .none
        case LimitsSection.standardDiskFloor: .standard
        default: .bytes(limits.diskFloor)
        }
    }

    static func unlessZero(_ value: Int) -> Int? { value == 0 ? nil : value }
}
