import Glibc
package import MailDial
package import MailDomainAuth
internal import MailNetwork

/// What domains demand by MTA-STS, and how it is found out (RFC 8461 §3 and §5).
package actor STSPolicies {
    /// Why no policy came though one is announced (RFC 8460 §4.3.2.2).
    package enum Fault: String, Error, Sendable {
        case fetch = "sts-policy-fetch-error"
        case invalid = "sts-policy-invalid"
        case untrusted = "sts-webpki-invalid"
    }

    package struct Finding: Sendable, Equatable {
        package var policy: STSPolicy?
        package var fault: Fault?
    }

    private static let path = "/.well-known/mta-sts.txt"
    private static let patience = 20_000
    /// RFC 8461 §3.3: a host that failed is left alone for a while.
    private static let faultSeconds = 300
    /// A policy is fetched anew long before it ends, so that nobody can wait for that (RFC 8461 §3.3).
    private static let freshSeconds: Int64 = 86_400
    static let mostRemembered = 2_000
    static let mostFetches = 32

    private let names: NameService
    private let trust: TLSTrust
    private let port: UInt16
    private let cache: STSCache?
    private let clock: @Sendable () -> Int64
    private var entries: [String: STSCache.Entry] = [:]
    private var faults: [String: (fault: Fault, until: Deadline)] = [:]
    private var fetches: [String: Task<Finding, Never>] = [:]

    /// `clock`: seconds since 1970.
    package init(
        _ settings: RoutingSettings, _ names: NameService, clock: @escaping @Sendable () -> Int64 = { Int64(time(nil)) }
    ) throws(TLSTrust.Failure) {
        self.names = names
        trust = try TLSTrust(file: settings.authorities)
        port = settings.policyPort
        cache = settings.policyFolder.map { STSCache(folder: $0) }
        self.clock = clock
    }

    /// The policy in force for a domain. Where DNS says nothing any more, a policy that was fetched holds until its time is over.
    package func policy(of domain: String) async -> Finding {
        let id = STSRecord.id(among: await texts(of: domain))
        let known = entry(of: domain)
        guard let id else { return Finding(policy: known?.policy) }
        guard let known, known.id == id else { return await fetched(domain, id, instead: known) }
        if clock() - known.fetchedAt >= min(Self.freshSeconds, Int64(known.policy.maximumAge) / 2) {
            if recentFault(of: domain) == nil { _ = fetch(domain, id, instead: known) }
        }
        return Finding(policy: known.policy)
    }

    private func recentFault(of domain: String) -> Fault? {
        faults[domain].flatMap { $0.until.hasPassed ? nil : $0.fault }
    }

    private func texts(of domain: String) async -> [String] {
        await names.lookup(.txt, "_mta-sts.\(domain)").records.compactMap { record in
            guard case .text(let text) = record else { return nil }
            return text
        }
    }

    /// From memory, else from the disk; nil when its time is over.
    private func entry(of domain: String) -> STSCache.Entry? {
        let found = entries[domain] ?? cache?.entry(of: domain)
        guard let found, found.isLive(at: clock()) else {
            entries[domain] = nil
            if found != nil { cache?.forget(domain) }
            return nil
        }
        remember(found, of: domain)
        return found
    }

    private func remember(_ entry: STSCache.Entry, of domain: String) {
        if entries.count >= Self.mostRemembered { entries.removeAll() }
        entries[domain] = entry
    }

    private func fetched(_ domain: String, _ id: String, instead known: STSCache.Entry?) async -> Finding {
        if let fault = recentFault(of: domain) { return Finding(policy: known?.policy, fault: fault) }
        guard let task = fetch(domain, id, instead: known) else { return Finding(policy: known?.policy, fault: .fetch) }
        return await task.value
    }

    /// One at a time for each domain, however many messages wait for it; nil when too many are on the way.
    private func fetch(_ domain: String, _ id: String, instead known: STSCache.Entry?) -> Task<Finding, Never>? {
        if let running = fetches[domain] { return running }
        guard fetches.count < Self.mostFetches else { return nil }
        let task = Task { await load(domain, id, instead: known) }
        fetches[domain] = task
        return task
    }

    private func load(_ domain: String, _ id: String, instead known: STSCache.Entry?) async -> Finding {
        defer { fetches[domain] = nil }
        do throws(Fault) {
            let file = try await file(of: domain)
            guard let policy = STSPolicy(file) else { throw .invalid }
            faults[domain] = nil
            let now = clock()
            remember(STSCache.Entry(id: id, fetchedAt: now, policy: policy), of: domain)
            cache?.keep(id, file, of: domain, at: now)
            return Finding(policy: policy)
        } catch {
            if faults.count >= Self.mostRemembered { faults.removeAll() }
            faults[domain] = (error, .after(milliseconds: Self.faultSeconds * 1_000))
            return Finding(policy: known?.policy, fault: error)
        }
    }

    private func file(of domain: String) async throws(Fault) -> [UInt8] {
        let host = "mta-sts.\(domain)"
        let addresses = await HostAddresses.of(host, names, prefersIPv6: true).all
        let get = SecureGet(trust: trust, host: host, port: port, path: Self.path, largest: STSPolicy.largest)
        let result = await BlockingThread.run { () -> Result<SecureGet.File, SecureGet.Failure> in
            do throws(SecureGet.Failure) {
                return .success(try get.fetch(at: addresses, by: .after(milliseconds: Self.patience)))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        // RFC 8461 §3.2: so that what users put there is no policy.
        case .success(let file) where file.type == "text/plain": return file.octets
        case .success: throw .invalid
        case .failure(.untrusted): throw .untrusted
        case .failure: throw .fetch
        }
    }
}
