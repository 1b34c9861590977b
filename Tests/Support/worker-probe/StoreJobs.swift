import MailMessage
import MailStore

/// `appends STORE ACCOUNT COUNT`: appends so many messages to the INBOX and says the UID of each when it is durable.
enum AppendsJob {
    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 3, let account = Int64(arguments[1]), let count = Int(arguments[2]) else {
            throw ProbeError("appends STORE ACCOUNT COUNT")
        }
        let store = try MailStore(at: arguments[0])
        let inbox = try store.account(AccountID(account))
        Probe.ready()
        for number in 0..<count {
            let message = StorableMessage(Array("Subject: \(number)\r\n\r\nText.\r\n".utf8))
            let uid = try await inbox.write { transaction in
                guard let mailbox = try transaction.mailbox(role: .inbox) else { throw StoreError.noSuchMailbox(nil) }
                return try transaction.append(message, to: mailbox.id, receivedAt: 500).uid
            }
            Probe.say("\(uid)")
        }
        await store.close()
    }
}

/// `claims STORE`: takes what is due from the queue until nothing is, and says what it got.
enum ClaimsJob {
    static let batch = 3

    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 1 else { throw ProbeError("claims STORE") }
        let store = try MailStore(at: arguments[0])
        Probe.ready()
        while true {
            let due = try await store.queue.claim(waitingFor: "", limit: batch)
            if due.isEmpty { break }
            for message in due {
                for recipient in message.recipients { Probe.say("\(message.id)/\(recipient.number)") }
            }
        }
        await store.close()
    }
}

/// `index STORE ACCOUNT`: fills the account's index and says what each step has added.
enum IndexJob {
    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 2, let account = Int64(arguments[1]) else { throw ProbeError("index STORE ACCOUNT") }
        let store = try MailStore(at: arguments[0])
        Probe.ready()
        _ = try await store.fillIndex(of: AccountID(account)) { Probe.say("\($0)") }
        await store.close()
    }
}
