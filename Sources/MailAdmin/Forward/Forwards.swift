package import MailMessage
package import MailStore

/// Where one account's mail goes on to.
package struct ForwardLine: Sendable {
    package let account: EmailAddress
    package let forward: Forward
    /// Why it does not, for now: the mail stays here.
    package let obstacle: ForwardObstacle?
}

extension ForwardObstacle {
    package var words: String {
        switch self {
        case .itself: "it leads back to the account"
        case .nobody: "nobody here has this address"
        case .switchedOff: "forwarding to other places is switched off for the account (forward-outside)"
        }
    }
}

extension Administration {
    /// Nil: everybody's.
    package func forwards(of only: AccountEntry?) async throws(AdminError) -> [ForwardLine] {
        try await reading { reader in
            var lines: [ForwardLine] = []
            for entry in try only.map({ [$0] }) ?? reader.accounts() {
                guard let forward = entry.forward else { continue }
                let obstacle = try reader.obstacle(to: forward.address, of: entry)
                lines.append(ForwardLine(account: entry.address, forward: forward, obstacle: obstacle))
            }
            return lines
        }
    }

    /// Nil takes it away.
    package func setForward(_ forward: Forward?, of entry: AccountEntry) async throws(AdminError) -> Outcome {
        let (obstacle, isChanged) = try await writing { transaction -> (ForwardObstacle?, Bool) in
            if let forward, let obstacle = try transaction.obstacle(to: forward.address, of: entry) {
                return (obstacle, false)
            }
            return (nil, try transaction.setForward(forward, of: entry.id))
        }
        if let forward, let obstacle { throw .wrongData("\(forward.address): \(obstacle.words)") }
        return isChanged ? .changed : .unchanged
    }
}
