import MailMessage
import MailStore
import MailWire

/// Annotations that somebody else has changed (RFC 5464 §4.4.2), told together with the news of the selected mailbox.
extension IMAPSession {
    func tellMetadataNews(_ mailbox: SelectedMailbox, since clock: ModSeq) async throws {
        guard features.contains(.metadata), let login else { return }
        let (home, user) = (mailbox.door.home, login.entry.id)
        let news = try await mailbox.door.read { reader -> [(name: MailboxName?, entries: [MetadataEntry])] in
            let changes = try reader.changedMetadata(since: clock, for: user)
            return try Dictionary(grouping: changes, by: \.mailbox).compactMap { mailbox, changes in
                guard let mailbox else { return (nil, changes.map(\.entry)) }
                guard try home.rights(on: mailbox, reader).contains([.lookUp, .read]) else { return nil }
                return try reader.mailbox(mailbox).map { ($0.name, changes.map(\.entry)) }
            }.sorted { ($0.name?.text ?? "") < ($1.name?.text ?? "") }
        }
        send { writer in
            for (name, entries) in news { writer.changedMetadata(of: name?.text ?? "", entries.sorted()) }
        }
    }
}
