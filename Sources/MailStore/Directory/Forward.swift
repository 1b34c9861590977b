package import MailMessage

/// Where an account's mail is sent on to.
package struct Forward: Sendable, Equatable {
    package let address: EmailAddress
    /// Its own mailbox gets the message as well.
    package let keepsCopy: Bool

    package init(to address: EmailAddress, keepsCopy: Bool = true) {
        self.address = address
        self.keepsCopy = keepsCopy
    }
}

/// Why an account's mail cannot be sent on to an address.
package enum ForwardObstacle: Sendable, Equatable {
    /// It would come back to the account itself.
    case itself
    /// The domain is ours, and nobody has the address.
    case nobody
    /// `Feature.forwardOutside` is off for the account.
    case switchedOff
}

extension DirectoryReader {
    /// Nil: nothing speaks against it now. What changes later is looked at again at each delivery.
    package func obstacle(to forward: EmailAddress, of entry: AccountEntry) throws -> ForwardObstacle? {
        guard let domain = MailDomain(forward), try isOurs(domain) else {
            return try features(of: entry).isOn(.forwardOutside) ? nil : .switchedOff
        }
        guard case .accounts(let targets) = try resolve(forward) else { return .nobody }
        return targets.contains { $0.id == entry.id } ? .itself : nil
    }
}

extension DirectoryTransaction {
    /// Nil takes it away. True when that was a change.
    @discardableResult
    package func setForward(_ forward: Forward?, of id: AccountID) throws -> Bool {
        let before = try liveAccount(id)
        guard before.forward != forward else { return false }
        guard forward != nil || before.expiresThen != .forward else {
            throw StoreError.notPermitted(
                "\(before.address) is to be forwarded when it expires (account set --then)")
        }
        try database("UPDATE account SET forward_to = $1, forward_keeps = $2 WHERE id = $3").run(
            forward?.address.description ?? "", forward?.keepsCopy ?? true, id)
        try touch(id, "forward set", before.forward.words, forward.words)
        return true
    }
}

extension Forward? {
    /// For the audit trail.
    fileprivate var words: String {
        guard let self else { return "none" }
        return "\(self.address), " + (self.keepsCopy ? "with a copy" : "without a copy")
    }
}
