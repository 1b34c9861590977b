internal import MailMessage
internal import MailStore

/// What the accounts that a message reaches make of it.
struct ForwardingPlan {
    /// The recipients, each with the accounts that keep the message; none where it is only sent on.
    var targets: [RecipientTarget]
    var copies: [Copy] = []
    /// What went on to somebody here, for the trail.
    var passedOn: [ForwardedCopy] = []
    /// The accounts whose forward has been followed: one that keeps the message as well does not send it on again when it is
    /// tried again.
    var sentOn: Set<AccountID> = []

    /// What one account sends to another place.
    struct Copy {
        /// Which recipient reached it.
        let target: Int
        let account: AccountID
        let recipient: EmailAddress?
        let address: EmailAddress
        let submission: QueueSubmission
    }

    init(_ targets: [RecipientTarget]) { self.targets = targets }
}

/// Looks where mail goes from the accounts it reaches (RFC 5321 §3.9.1). Whatever stands in the way, it stays here.
struct Forwarding {
    let store: MailStore

    func plan(
        _ message: StorableMessage, _ envelope: QueueEnvelope, _ targets: [RecipientTarget]
    ) async -> ForwardingPlan {
        var plan = ForwardingPlan(targets)
        // Whoever forwards junk is soon taken for its source.
        guard !envelope.traits.contains(.junk),
            targets.contains(where: { $0.accounts.contains { $0.onward != nil } })
        else { return plan }
        let trace = await ForwardingTrace.addresses(in: message, store)
        var sent: Set<AccountID> = []
        for (number, target) in targets.enumerated() {
            let walk = await walk(from: target.accounts, trace)
            var accounts = walk.kept
            plan.sentOn.formUnion(walk.sentOn)
            plan.passedOn += walk.passedOn.map { step in
                ForwardedCopy(
                    account: step.entry.id, recipient: target.address, address: step.forward.address, queue: nil)
            }
            for leaving in walk.leaving where sent.insert(leaving.entry.id).inserted {
                guard let submission = await submission(leaving, message, envelope, target) else {
                    if !leaving.forward.keepsCopy { accounts.append(leaving.entry) }
                    plan.sentOn.remove(leaving.entry.id)
                    continue
                }
                plan.copies.append(
                    .init(
                        target: number, account: leaving.entry.id, recipient: target.address,
                        address: leaving.forward.address,
                        submission: submission))
            }
            plan.targets[number] = RecipientTarget(address: target.address, accounts: accounts, notice: target.notice)
        }
        return plan
    }

    private func walk(from accounts: [AccountEntry], _ trace: Set<AddressKey>) async -> ForwardWalk {
        var walk = ForwardWalk(from: accounts)
        while let (step, forward) = walk.next() {
            // Our own trace: it has been here before, and came back.
            guard !trace.contains(AddressKey(step.entry.address)) else {
                walk.stays(step)
                continue
            }
            switch try? await way(forward, of: step.entry) {
            case .elsewhere: walk.leaves(step, forward)
            case .accounts(let accounts): walk.leads(step, forward, to: accounts)
            case .nowhere, nil: walk.stays(step)
            }
        }
        return walk
    }

    enum Way {
        case elsewhere
        case accounts([AccountEntry])
        case nowhere
    }

    func way(_ forward: Forward, of entry: AccountEntry) async throws(StoreError) -> Way {
        if let domain = MailDomain(forward.address), try await store.directory.isOurs(domain) {
            guard case .accounts(let accounts) = try await store.directory.resolve(forward.address) else {
                return .nowhere
            }
            return .accounts(accounts)
        }
        return try await store.directory.mayForwardOutside(entry) ? .elsewhere : .nowhere
    }

    /// An entry of its own: its sender is not the others', and it leaves with this account's trace. Nil when the directory does
    /// not answer.
    private func submission(
        _ leaving: ForwardWalk.Leaving, _ message: StorableMessage, _ envelope: QueueEnvelope, _ target: RecipientTarget
    ) async -> QueueSubmission? {
        var envelope = envelope
        do {
            envelope.sender = try await ForwardedSenders(store: store).rewritten(envelope.sender, by: leaving.entry)
        } catch {
            return nil
        }
        if envelope.origin.isOurs { envelope.traits.insert(.beganHere) }
        (envelope.origin, envelope.submitter) = (.forwarded, leaving.entry.id)
        let address = leaving.forward.address
        var notice = target.notice
        if notice.original.isEmpty { notice.original = Self.original(target.address ?? leaving.entry.address) }
        return QueueSubmission(
            message, envelope,
            to: [QueueRecipient(destination: .remote(address), address: address, notice: notice)])
    }

    /// RFC 3461 §5.2.1 asks for it where it is missing; other characters than ASCII need another type (RFC 6533 §3).
    private static func original(_ address: EmailAddress) -> String {
        address.needsSMTPUTF8 ? "" : "rfc822;" + Xtext.encode("\(address)".utf8)
    }
}
