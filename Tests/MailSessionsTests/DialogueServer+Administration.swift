import Foundation
import MailCrypto
import MailDelivery
import MailIdentity
import MailMessage
import MailStore

@testable import MailSessions

extension DialogueServer {
    /// `! admin app alice phone imap,pop3` makes an app password: `<$phone>`, and `<$phone64>` as PLAIN's message in base64.
    /// `! admin revoke alice phone`, `! admin feature imap off alice`, `... org:physics`, `! admin contact physics x@y`,
    /// `! admin suspend alice`, `! admin password alice new`. `! admin returning back alice x@y` makes the sender with which alice's account forwards x@y's mail.
    /// `! admin withdraw alice a@b` takes that Message-ID out of alice's mailboxes, as `mailctl message withdraw` does.
    func administer(_ words: [String]) async throws -> (name: String, text: String)? {
        switch words.first {
        case "app", "app64": return try await app(words)
        case "revoke" where words.count == 3:
            let id = try await account(words[1]).id
            guard try await write({ try $0.revokeAppPassword(words[2], of: id) }) else { throw Missing(what: words[2]) }
        case "feature" where words.count == 4: try await feature(words)
        case "contact" where words.count >= 3:
            let text = words[2...].joined(separator: " ")
            guard let name = OrganisationName(words[1]) else { throw Missing(what: words[1]) }
            try await write { try $0.updateOrganisation(name, contact: text) }
        case "suspend":
            let id = try await account(words[1]).id
            try await write { _ = try $0.suspendAccount(id) }
        case "password" where words.count == 3: try await password(words)
        case "withdraw" where words.count == 3:
            let name = words[2]
            try await account(words[1]).write { transaction in
                _ = try transaction.withdraw(name, only: Set(transaction.copies(of: name).map(\.id)))
            }
        case "returning" where words.count == 4: return try await returning(words)
        default: throw Missing(what: "directive \(words)")
        }
        return nil
    }

    /// The same secret as text, or as the message of PLAIN.
    private func app(_ words: [String]) async throws -> (name: String, text: String) {
        guard words.count >= 4 else { throw Missing(what: "user, name and services") }
        let (user, name) = (words[1], words[2])
        var services: AppPasswordServices = []
        for word in words[3].split(separator: ",") { services.formUnion(AppPasswordServices(name: String(word)) ?? []) }
        let (id, secret, granted) = (try await account(user).id, AppPasswordSecret(), services)
        let ends = words.count > 4 ? EpochSeconds(words[4]) : nil
        try await write {
            try $0.addAppPassword(
                NewAppPassword(
                    handle: secret.handle, digest: secret.digest, name: name, services: granted, expiresAt: ends),
                to: id)
        }
        guard words[0] == "app64" else { return (name, secret.text) }
        return (name, Base64.encode(Array("\0\(user)\0\(secret.text)".utf8)))
    }

    private func password(_ words: [String]) async throws {
        let (id, store) = (try await account(words[1]).id, server.store)
        guard let password = PreparedPassword(Array(words[2].utf8)) else { throw Missing(what: words[2]) }
        let before = try await store.directory.credential(of: id)
        let credential = try PasswordChange.credential(for: password, after: before, at: 1)
        try await PasswordChange.set(credential, of: id, in: store, by: "test")
    }

    private func returning(_ words: [String]) async throws -> (name: String, text: String) {
        let store = server.store
        guard let entry = try await store.directory.entry(login: words[2]),
            let sender = try await ForwardedSenders(store: store).rewritten(EmailAddress(words[3]), by: entry)
        else { throw Missing(what: words[3]) }
        return (words[1], sender.description)
    }

    private func feature(_ words: [String]) async throws {
        guard let feature = Feature(rawValue: words[1]) else { throw Missing(what: words[1]) }
        let isOn = words[2] == "on"
        if words[3].hasPrefix("org:"), let name = OrganisationName(String(words[3].dropFirst(4))) {
            try await write { try $0.setFeature(feature, isOn, for: .organisation(name)) }
        } else {
            let id = try await account(words[3]).id
            try await write { try $0.setFeature(feature, isOn, for: .account(id)) }
        }
    }

    @discardableResult
    private func write<T: Sendable>(_ body: @escaping @Sendable (DirectoryTransaction) throws -> T) async throws -> T {
        try await server.store.directory.write(body)
    }
}
