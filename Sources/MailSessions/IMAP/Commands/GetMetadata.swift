import MailMessage
import MailStore
import MailWire

/// GETMETADATA (RFC 5464 §4.2).
extension IMAPSession {
    func getMetadata(_ command: GetMetadataCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        let place = try await metadataPlace(command.mailbox, login)
        noteMetadataUse()

        let user = login.entry.id
        let chosen = try await place.account.read { reader in
            let values = try place.values(reader, for: user, needing: [.lookUp, .read])
            return MetadataChoice(values, command.entries, command.options)
        }

        if !chosen.values.isEmpty {
            send { $0.metadata(of: command.mailbox.text ?? "", chosen.values) }
        }
        return .ok("That is all", code: chosen.longest.map { .metadataLongEntries(UInt64($0)) })
    }

    /// From here on the client wants to hear of changes (§4.4.2).
    func noteMetadataUse() { features.insert(.metadata) }

    func metadataPlace(_ mailbox: WireMailbox, _ login: IMAPLogin) async throws -> MetadataPlace {
        if mailbox.bytes.isEmpty { return .server(login.account, services.settings.serverEntries) }
        return .mailbox(try await target(mailbox, login))
    }
}

/// What annotations belong to.
enum MetadataPlace: Sendable {
    /// The server as one account sees it, and what its administrator tells everybody: no account could share anything.
    case server(Account, [MetadataValue])
    case mailbox(MailboxTarget)

    var account: Account {
        switch self {
        case .server(let account, _): account
        case .mailbox(let target): target.account
        }
    }

    func values(
        _ reader: AccountReader, for user: AccountID, needing rights: MailboxRights
    ) throws -> [MetadataValue] {
        switch self {
        case .server(_, let entries): return try reader.metadata(of: nil, for: user) + entries
        case .mailbox(let target):
            let info = try target.existing(reader, needing: rights)
            return try reader.metadata(of: info.id, for: user) + (account.id == user ? info.specialUseEntries : [])
        }
    }
}

extension SessionSettings {
    /// RFC 5464 §6.2.1.
    fileprivate var serverEntries: [MetadataValue] {
        [("/shared/admin", administrator), ("/shared/comment", comment)].compactMap { name, text in
            guard let entry = MetadataEntry(name), !text.isEmpty else { return nil }
            return MetadataValue(entry: entry, value: Array(text.utf8))
        }
    }
}

extension MailboxInfo {
    /// RFC 6154 §4: the special use is an annotation too, the owner's.
    var specialUseEntries: [MetadataValue] {
        guard let entry = MetadataEntry.specialUse, let use = role?.specialUse else { return [] }
        return [MetadataValue(entry: entry, value: Array(use.utf8))]
    }
}

extension MetadataEntry {
    static let specialUse = MetadataEntry("/private/specialuse")
}

/// Which of the stored values a client asked for (§4.2.1, §4.2.2). Pure.
struct MetadataChoice: Sendable {
    /// NIL for what was named and is not set.
    private(set) var values: [(entry: MetadataEntry, value: [UInt8]?)] = []
    /// The size of the largest that MAXSIZE kept back.
    private(set) var longest: Int?

    init(_ stored: [MetadataValue], _ asked: [MetadataEntry], _ options: MetadataOptions) {
        var rest = stored
        for entry in asked {
            let meant = rest.filter { options.covers($0.entry, asked: entry) }
            rest.removeAll { options.covers($0.entry, asked: entry) }
            if options.depth == .zero, meant.isEmpty, !stored.contains(where: { $0.entry == entry }) {
                values.append((entry, nil))
            }
            for value in meant { take(value, options) }
        }
    }

    private mutating func take(_ value: MetadataValue, _ options: MetadataOptions) {
        if let limit = options.maxSize, value.value.count > limit {
            longest = max(longest ?? 0, value.value.count)
        } else {
            values.append((value.entry, value.value))
        }
    }
}
