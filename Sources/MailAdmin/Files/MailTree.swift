import Glibc
package import MailMessage
package import MailStore

/// All mailboxes of an account as files: a Maildir++ (`.Sent`, `.Archive.2019`), or a folder of mbox files
/// (`INBOX.mbox`, `Archive/2019.mbox`).
package struct MailTree: Sendable {
    package struct Entry: Sendable, Equatable {
        package let source: MailSource
        package let mailbox: MailboxName
    }

    static let maximumDepth = MailboxName.maximumDepth

    /// Found by looking; a folder with `cur` or `new` is a Maildir++, any other one holds mbox files.
    package let entries: [Entry]

    package init(_ path: String) throws(AdminError) {
        guard FileSystem.isFolder(path) else {
            throw .wrongData("\(path) is not a folder; without --recursive it is read as one mbox")
        }
        let isMaildir = FileSystem.isFolder(path + "/cur") || FileSystem.isFolder(path + "/new")
        entries = isMaildir ? try Self.maildirs(path) : try Self.mboxes(path)
        guard !entries.isEmpty else { throw .wrongData("\(path) has neither a Maildir nor mbox files in it") }
    }

    private static func maildirs(_ path: String) throws(AdminError) -> [Entry] {
        var entries = [Entry(source: .maildir(path), mailbox: .inbox)]
        for name in try FileSystem.names(in: path) where name.hasPrefix(".") {
            let folder = "\(path)/\(name)"
            guard FileSystem.isFolder(folder + "/cur") || FileSystem.isFolder(folder + "/new") else { continue }
            let parts = name.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
            entries.append(Entry(source: .maildir(folder), mailbox: try mailbox(parts.map(String.init), folder)))
        }
        return entries
    }

    private static func mboxes(_ path: String) throws(AdminError) -> [Entry] {
        var entries: [Entry] = []
        var pending: [(folder: String, parts: [String])] = [(path, [])]
        while let (folder, parts) = pending.popLast() {
            for name in try FileSystem.names(in: folder) where !name.hasPrefix(".") {
                let file = "\(folder)/\(name)"
                if FileSystem.isFolder(file) {
                    guard parts.count < maximumDepth else { throw .wrongData("\(file) lies too deep") }
                    pending.append((file, parts + [name]))
                } else if try isMbox(file) {
                    let leaf = name.hasSuffix(".mbox") ? String(name.dropLast(5)) : name
                    entries.append(Entry(source: .mbox(file), mailbox: try mailbox(parts + [leaf], file)))
                }
            }
        }
        return entries.sorted { $0.mailbox < $1.mailbox }
    }

    private static func isMbox(_ path: String) throws(AdminError) -> Bool {
        guard let size = FileSystem.size(path) else { return false }
        guard size > 0 else { return path.hasSuffix(".mbox") }
        var reader = try LineReader(path: path)
        return try reader.next().flatMap { MboxSeparator($0) } != nil
    }

    private static func mailbox(_ parts: [String], _ file: String) throws(AdminError) -> MailboxName {
        guard let name = MailboxName(components: parts.map(FolderText.decode)) else {
            throw .wrongData("\(file): its name is not the name of a mailbox")
        }
        return name
    }

    /// The entries with the account's own names for what other systems call "Sent Items" or "Spam": a folder goes into the
    /// mailbox of its role, unless another folder has that mailbox's name already.
    package func mapped(to roles: [MailboxRole: MailboxName]) -> [Entry] {
        var taken = Set(entries.map(\.mailbox))
        return entries.map { entry in
            guard let role = FolderRole.of(entry.mailbox), let own = roles[role], taken.insert(own).inserted else {
                return entry
            }
            return Entry(source: entry.source, mailbox: own)
        }
    }
}

/// What the folders of other mail systems are for, by the names they are given there.
enum FolderRole {
    private static let names: [String: MailboxRole] = [
        "sent": .sent, "sent items": .sent, "sent messages": .sent, "sent mail": .sent, "sent-mail": .sent,
        "drafts": .drafts, "draft": .drafts, "junk": .junk, "junk e-mail": .junk, "junk email": .junk, "spam": .junk,
        "trash": .trash, "deleted items": .trash, "deleted messages": .trash, "archive": .archive, "archives": .archive,
    ]

    static func of(_ mailbox: MailboxName) -> MailboxRole? {
        let parts = mailbox.components.first == "INBOX" ? mailbox.components.dropFirst() : mailbox.components[...]
        guard let only = parts.first, parts.count == 1 else { return nil }
        return names[only.lowercased()]
    }
}

extension Administration {
    /// Which mailbox of the account has which role.
    package func roles(of entry: AccountEntry) async throws(AdminError) -> [MailboxRole: MailboxName] {
        do {
            return try await store.account(entry.id).read { reader in
                var roles: [MailboxRole: MailboxName] = [:]
                for info in try reader.mailboxes() { if let role = info.role { roles[role] = info.name } }
                return roles
            }
        } catch { throw .store(error) }
    }

    /// Every mailbox with the number of its messages.
    package func mailboxes(of entry: AccountEntry) async throws(AdminError) -> [(name: MailboxName, messages: Int)] {
        do {
            return try await store.account(entry.id).read { try $0.mailboxes().map { ($0.name, $0.total) } }
        } catch { throw .store(error) }
    }
}

/// Where each mailbox of an exported account goes.
package struct MailTreeTarget: Sendable {
    package enum Kind: Sendable { case mbox, maildir }
    private let path: String
    private let kind: Kind

    /// The folder is made; one with something in it is refused, since every message would be there twice.
    package init(_ path: String, _ kind: Kind) throws(AdminError) {
        try FileSystem.makeFolder(path)
        guard try FileSystem.names(in: path).isEmpty else { throw .file(path: path, code: ENOTEMPTY) }
        (self.path, self.kind) = (path, kind)
    }

    /// The Maildir of a mailbox, made with the mark that says it is a part of a Maildir++.
    package func maildir(_ mailbox: MailboxName) throws(AdminError) -> MailTarget {
        guard !mailbox.isInbox else { return .maildir(path) }
        let folder = path + "/." + mailbox.components.map(FolderText.encode).joined(separator: ".")
        try FileSystem.makeFolder(folder)
        let mark = open(folder + "/maildirfolder", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard mark >= 0 else { throw .file(path: folder, code: errno) }
        close(mark)
        return .maildir(folder)
    }

    /// The mbox file of a mailbox; the folders above it are made.
    package func mbox(_ mailbox: MailboxName) throws(AdminError) -> String {
        let parts = mailbox.components.map(FolderText.encode)
        var folder = path
        for part in parts.dropLast() {
            folder += "/" + part
            try FileSystem.makeFolder(folder)
        }
        return folder + "/" + (parts.last ?? "") + ".mbox"
    }
}
