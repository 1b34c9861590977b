import MailMessage
import MailStore
import MailWire

extension POP3Session {
    /// RFC 1939 §6: the UPDATE state. One transaction: all that was marked goes, or nothing.
    func quit(_ login: POP3Login) async {
        do {
            try await update(login)
            send(.ok("Bye"))
        } catch {
            let failure = POP3Error(error, whileClosing: true)
            log(problem: "failed", [("cause", "\(error)")])
            send(failure.reply)
        }
    }

    private func update(_ login: POP3Login) async throws(StoreError) {
        let mailbox = login.maildrop.mailbox
        let (deleted, seen) = (login.maildrop.deleted, login.maildrop.newlySeen)
        guard !deleted.isEmpty || !seen.isEmpty else { return }
        try await login.account.write { transaction in
            if !seen.isEmpty {
                _ = try transaction.setFlags(in: mailbox, seen, .add([.system(.seen)]), unchangedSince: nil)
            }
            if !deleted.isEmpty { _ = try transaction.remove(in: mailbox, deleted, as: .expunged) }
        }
    }
}
