import MailConfig
import MailSupervisor
import MailTool
import MailTransport

/// What a worker gives up before it does anything: see `Confinement`.
enum WorkerConfinement {
    static func apply(_ role: WorkerRole, _ configuration: Configuration) throws(ToolError) {
        var plan = plan(role, configuration)
        plan.dials = role == .relay
        plan.choosesSource = role == .relay && !configuration.relay.sourceAddresses.isEmpty
        if role == .smtp { plan.dialledPorts = FilterPlanBuilder(configuration).dialledPorts }
        plan.openFiles = DescriptorLimit.needed(configuration)
        plan.memory = configuration.server.workerMemory
        // A program of the operator's reads whatever it likes, and dials its directory.
        plan.usesLandlock = configuration.server.confine && role != .identity
        do {
            for warning in try Confinement.apply(plan) where role != .identity {
                StandardError.write("mail-serve: warning: \(warning)\n")
            }
        } catch {
            throw ToolError(.internalError, "confinement", "\(error)", hint: "server.confine = false does without")
        }
    }

    private static func plan(_ role: WorkerRole, _ configuration: Configuration) -> ConfinementPlan {
        let identities = PlanBuilder.identities(configuration).flatMap { [$0.certificateFile, $0.keyFile] }
        // What dials out holds no key of ours, but what it shows to smart hosts.
        let files =
            switch role {
            case .relay: RelayPlanBuilder(configuration).files
            case .web: identities + WebPlanBuilder(configuration).files
            case .smtp, .imap, .pop3, .identity, .monitor: identities
            }
        return role == .monitor
            ? .watching(socketFolder: configuration.server.store + "/run")
            : .serving(store: configuration.server.store, files: files)
    }
}
