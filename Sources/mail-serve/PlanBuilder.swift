import MailConfig
import MailIdentity
import MailNetwork
import MailSessions
import MailStore
import MailSupervisor
import MailTransport

/// The configuration in the server's own values. Nothing is decided here.
enum PlanBuilder {
    static func plan(_ configuration: Configuration, ports: [MailPort], saltSecret: [UInt8]) -> ServerPlan {
        var plan = ServerPlan(storePath: configuration.server.store, settings: settings(configuration), ports: ports)
        plan.identities = identities(configuration)
        plan.login = login(configuration)
        plan.login.saltSecret = saltSecret
        plan.storeOptions.searchIndex = configuration.search.index
        plan.storeOptions.restore = RestorePolicy(
            seconds: Int64(configuration.retention.restorable), bytes: configuration.retention.restorableSize)
        plan.storeOptions.auditSeconds = Int64(configuration.retention.audit)
        plan.storeOptions.trailSeconds = Int64(configuration.trail.keep)
        plan.storeOptions.sendingOfPersons = configuration.sending.persons
        plan.storeOptions.sendingOfHosts = configuration.sending.hosts
        LimitPlan(configuration.limits).apply(to: &plan)
        RelayPlanBuilder(configuration).apply(to: &plan)
        FilterPlanBuilder(configuration).apply(to: &plan)
        WebPlanBuilder(configuration).apply(to: &plan)
        plan.threads = configuration.server.threads
        plan.blockingThreads = configuration.server.threads
        plan.drainSeconds = configuration.server.drain
        return plan
    }

    static func identities(_ configuration: Configuration) -> [TLSIdentity] {
        guard !configuration.tls.certificate.isEmpty else { return [] }
        let first = TLSIdentity(certificateFile: configuration.tls.certificate, keyFile: configuration.tls.key)
        return [first]
            + configuration.tls.moreFiles.map { TLSIdentity(certificateFile: $0.certificate, keyFile: $0.key) }
    }

    private static func settings(_ configuration: Configuration) -> SessionSettings {
        var settings = SessionSettings(hostName: configuration.server.name)
        settings.offersScram = configuration.auth.scram
        settings.smtpOffersScramPlus = configuration.auth.smtpScramPlus
        settings.hiddenNamespaces = HiddenNamespaces(configuration.imap.hiddenPrefixes)
        settings.capabilities = CapabilitySwitches(configuration.imap.without)
        settings.administrator = configuration.imap.admin
        settings.comment = configuration.imap.comment
        settings.handledLimit = LimitPlan.unlessZero(configuration.imap.messagesPerCommand)
        return settings
    }

    private static func login(_ configuration: Configuration) -> LoginPolicy {
        let identity = configuration.identity
        var policy = LoginPolicy()
        policy.offersScram = configuration.auth.scram
        policy.cacheSeconds = identity.cache
        policy.recognisesFormer = identity.formerPassword > 0
        policy.limits.delayMilliseconds = identity.failureDelay * 1_000
        policy.limits.maximumDelayMilliseconds = identity.maximumFailureDelay * 1_000
        policy.limits.perAddress = identity.failuresPerAddress
        policy.limits.perAccount = identity.failuresPerAccount
        policy.limits.perAccountAndAddress = identity.failuresPerAccountAndAddress
        policy.limits.windowSeconds = identity.failureWindow
        return policy
    }

    /// What the configuration asks to have opened.
    static func wantedPorts(_ configuration: Configuration) -> [WantedPort] {
        MailService.allCases.flatMap { service -> [WantedPort] in
            guard let name = Service(rawValue: service.rawValue), configuration.listen[name].enabled else { return [] }
            let section = configuration.listen[name]
            return section.addresses.map { address in
                WantedPort(
                    service: service.rawValue, host: address == "localhost" ? "127.0.0.1" : address, port: section.port)
            }
        }
    }

    /// With the monitor's, where it has one.
    static func allPorts(_ configuration: Configuration) -> [WantedPort] {
        wantedPorts(configuration) + [try? Monitoring.port(configuration)].compactMap { $0 }
    }

    /// The open sockets, each with its service.
    static func ports(_ configuration: Configuration, on sockets: [ListeningSocket]) -> [MailPort] {
        let trusted = configuration.proxyProtocol.trusted.compactMap { AddressPrefix($0) }
        return sockets.compactMap { socket in
            MailService(rawValue: socket.wanted.service).map {
                MailPort(
                    $0, host: socket.host, port: socket.port, proxyProtocolFrom: trusted,
                    descriptor: socket.descriptor)
            }
        }
    }
}

extension SendingSection {
    fileprivate var persons: SendingRates {
        SendingRates(
            messagesPerHour: messagesPerHour, messagesPerDay: messagesPerDay, recipientsPerHour: recipientsPerHour,
            recipientsPerDay: recipientsPerDay, newRecipientsPerDay: newRecipientsPerDay)
    }

    fileprivate var hosts: SendingRates {
        SendingRates(
            messagesPerHour: hostMessagesPerHour, messagesPerDay: hostMessagesPerDay,
            recipientsPerHour: hostRecipientsPerHour, recipientsPerDay: hostRecipientsPerDay,
            newRecipientsPerDay: hostNewRecipientsPerDay)
    }
}
