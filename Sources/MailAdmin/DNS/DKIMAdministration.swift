internal import MailCrypto
internal import MailDial
internal import MailDomainAuth
package import MailStore

/// Keys that sign a domain's mail: made, seen in DNS, used, retired.
extension Administration {
    private var keyFolder: DKIMKeyFolder { DKIMKeyFolder(store: store.path) }

    /// Of one domain, or of all.
    package func dkimKeys(of domain: MailDomain?) async throws(AdminError) -> [DKIMLine] {
        if let domain { try await requireDomain(domain) }
        var lines: [DKIMLine] = []
        for name in domain.map({ [$0.name] }) ?? keyFolder.domains() {
            guard let domain = MailDomain(name) else { continue }
            lines += try entries(of: domain).map { DKIMLine(domain: domain, entry: $0) }
        }
        return lines
    }

    /// New ones that sign nothing yet. `selector`: else one from the date and the kind.
    package func createDKIM(
        for domain: MailDomain, kinds: DKIMKinds, selector: String?, isChecked: Bool
    ) async throws(AdminError) -> [DKIMLine] {
        try await requireDomain(domain)
        let lock = try await lockKeys()
        defer { withExtendedLifetime(lock) {} }
        return try await makeKeys(for: domain, kinds: kinds, selector: selector, isChecked: isChecked)
    }

    /// Who changes keys reads what is there, looks at DNS for a while, and writes all of it: one at a time.
    private func lockKeys() async throws(AdminError) -> ToolLock {
        let end = ContinuousClock.now + Self.keyPatience
        while true {
            do {
                return try ToolLock.take("dkim", in: store.path, waiting: 0)
            } catch let busy as ToolLock.Busy {
                guard ContinuousClock.now < end else {
                    throw .unavailable("somebody else changes keys" + (busy.pid.map { " (process \($0))" } ?? ""))
                }
                try? await Task.sleep(for: .milliseconds(50))
            } catch { throw AdminError(error) }
        }
    }

    /// A step of a change asks DNS about two keys.
    private static let keyPatience = Duration.seconds(30)

    private func makeKeys(
        for domain: MailDomain, kinds: DKIMKinds, selector: String?, isChecked: Bool
    ) async throws(AdminError) -> [DKIMLine] {
        var lines: [DKIMLine] = []
        for kind in kinds.all {
            let entry = try await newKey(kind, selector, isChecked ? .pending : .active, for: domain)
            lines.append(DKIMLine(domain: domain, entry: entry))
        }
        return lines
    }

    private func newKey(
        _ kind: KeyKind, _ wanted: String?, _ state: DKIMKeyEntry.State, for domain: MailDomain
    ) async throws(AdminError) -> DKIMKeyEntry {
        let taken = Set(try entries(of: domain).map(\.selector))
        let selector = wanted ?? DKIMSelector.new(kind, at: clock(), taken: taken)
        guard DKIMKeyFolder.isSelector(selector) else {
            throw .wrongData("\"\(selector)\" is not a selector: letters, digits and \"-\", at most 63")
        }
        guard !taken.contains(selector) else { throw .exists("key \"\(selector)\" of \(domain)") }
        let (entry, key): (DKIMKeyEntry, SigningKey)
        do {
            key = try SigningKey.generate(kind)
        } catch {
            throw .unavailable("no key could be made")
        }
        entry = DKIMKeyEntry(
            selector: selector, kind: kind, state: state, createdAt: clock(), changedAt: clock(),
            record: DKIMKeyRecord.text(for: key.verificationKey))
        do { try keyFolder.add(entry, key, to: domain.name) } catch { throw Self.words(error) }
        try await note("dkim create", entry, of: domain, before: "")
        return entry
    }

    /// What the next step comes to: new keys, or those that DNS shows now in the place of those before.
    package enum Rotation: Sendable, Equatable {
        case made([DKIMLine])
        /// They have to be in DNS first.
        case waiting([DKIMLine])
        case changed(active: [DKIMLine], retired: [DKIMLine])
    }

    /// One step of a change of keys; safe to repeat until it is done, by hand or from cron(8). `view`: nil believes that DNS shows
    /// them.
    package func rotateDKIM(
        of domain: MailDomain, kinds: DKIMKinds, view: OutsideView?
    ) async throws(AdminError) -> Rotation {
        try await requireDomain(domain)
        let lock = try await lockKeys()
        defer { withExtendedLifetime(lock) {} }
        try forgetOld(of: domain)
        let entries = try entries(of: domain)
        let pending = entries.filter { $0.state == .pending }
        guard !pending.isEmpty else {
            return .made(try await makeKeys(for: domain, kinds: kinds, selector: nil, isChecked: true))
        }
        let lines = pending.map { DKIMLine(domain: domain, entry: $0) }
        if let view {
            for line in lines where await !Self.isShown(line, view.names) { return .waiting(lines) }
        }
        return try await activate(pending, before: entries, of: domain)
    }

    private static func isShown(_ line: DKIMLine, _ names: NameService) async -> Bool {
        await names.lookup(.txt, line.recordName).records.contains { record in
            guard case .text(let text) = record else { return false }
            return DKIMKeyRecord(text)?.key.bytes == DKIMKeyRecord(line.entry.record)?.key.bytes
        }
    }

    private func activate(
        _ pending: [DKIMKeyEntry], before: [DKIMKeyEntry], of domain: MailDomain
    ) async throws(AdminError) -> Rotation {
        var (active, retired): ([DKIMLine], [DKIMLine]) = ([], [])
        let after = before.map { entry in
            switch entry.state {
            case .pending:
                active.append(DKIMLine(domain: domain, entry: changed(entry, to: .active)))
                return changed(entry, to: .active)
            case .active:
                retired.append(DKIMLine(domain: domain, entry: changed(entry, to: .retired)))
                return changed(entry, to: .retired)
            case .retired: return entry
            }
        }
        try replace(after, of: domain)
        for line in retired { keyFolder.removeKey(line.entry.selector, of: domain.name) }
        for line in active { try await note("dkim set", line.entry, of: domain, before: "pending") }
        for line in retired { try await note("dkim set", line.entry, of: domain, before: "active") }
        return .changed(active: active, retired: retired)
    }

    /// It signs nothing more. Without another one that signs, only when that is meant.
    package func retireDKIM(
        _ selector: String, of domain: MailDomain, isLastAllowed: Bool
    ) async throws(AdminError) -> DKIMLine {
        try await requireDomain(domain)
        let lock = try await lockKeys()
        defer { withExtendedLifetime(lock) {} }
        var entries = try entries(of: domain)
        guard let place = entries.firstIndex(where: { $0.selector == selector }) else {
            throw .noSuch(kind: "key", name: selector, near: nil)
        }
        let others = entries.contains { $0.state == .active && $0.selector != selector }
        guard entries[place].state != .active || others || isLastAllowed else {
            throw .wrongData(
                "\(selector) is the last key of \(domain) that signs; its mail would go out without a signature")
        }
        let before = entries[place].state
        entries[place] = changed(entries[place], to: .retired)
        try replace(entries, of: domain)
        keyFolder.removeKey(selector, of: domain.name)
        try await note("dkim set", entries[place], of: domain, before: before.rawValue)
        return DKIMLine(domain: domain, entry: entries[place])
    }

    /// Those whose mail has arrived long since.
    private func forgetOld(of domain: MailDomain) throws(AdminError) {
        let entries = try entries(of: domain)
        let left = entries.filter { $0.state != .retired || $0.isOnTheWay(at: clock()) }
        if left.count < entries.count { try replace(left, of: domain) }
    }

    private func changed(_ entry: DKIMKeyEntry, to state: DKIMKeyEntry.State) -> DKIMKeyEntry {
        var entry = entry
        if entry.state != state { (entry.state, entry.changedAt) = (state, clock()) }
        return entry
    }

    func entries(of domain: MailDomain) throws(AdminError) -> [DKIMKeyEntry] {
        do { return try keyFolder.entries(of: domain.name) } catch { throw Self.words(error) }
    }

    private func replace(_ entries: [DKIMKeyEntry], of domain: MailDomain) throws(AdminError) {
        do { try keyFolder.replace(entries, of: domain.name) } catch { throw Self.words(error) }
    }

    private func note(
        _ action: String, _ entry: DKIMKeyEntry, of domain: MailDomain, before: String
    ) async throws(AdminError) {
        let (object, after) = ("\(entry.selector)._domainkey.\(domain)", entry.state.rawValue)
        try await writing { try $0.note(action, object, before: before, after: after) }
    }

    private static func words(_ fault: DKIMKeyFolder.Fault) -> AdminError {
        switch fault {
        case .file(let path, let code): .file(path: path, code: code)
        case .damaged(let path): .wrongData("\(path) is damaged")
        case .key: .unavailable("the key cannot be read")
        }
    }
}
