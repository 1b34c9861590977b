import MailMessage
import MailStore
import MailTransport
import MailWire

/// CATENATE (RFC 4469): what a URL means goes from the store into the spool, in pieces.
extension IMAPSession {
    func catenate(_ bytes: [UInt8], _ intake: inout AppendIntake) async throws {
        guard let spool = intake.current?.spool else { return }
        let part = try await part(bytes)
        try await admit(UInt64(clamping: part.count), isOnItsWay: false, &intake)
        switch part {
        case .bytes(let bytes):
            if bytes.contains(0) { intake.current?.hasNUL = true }
            try await spool.append(bytes)
        case .file(let file, let range):
            var offset = range.lowerBound
            while offset < range.upperBound {
                let (start, count) = (offset, min(OpenFile.chunkSize, range.upperBound - offset))
                let chunk = try await services.pool.run { try file.read(at: start, count: count) }
                if chunk.contains(0) { intake.current?.hasNUL = true }
                try await spool.append(chunk)
                offset += count
            }
        }
    }

    /// RFC 4469 §4.2: whatever is wrong with a URL, the answer names it.
    private func part(_ bytes: [UInt8]) async throws -> CatenatedPart {
        let failure = IMAPFailure.no("The URL leads nowhere", code: .badURL(bytes))
        guard let url = MessageURL(bytes), isOurs(url), let target = try await urlTarget(url), let uid = UID(url.uid)
        else {
            throw failure
        }
        let body: MessageBody?
        do {
            body = try await target.account.read { reader in
                guard let info = try target.find(reader, needing: .read) else { return nil }
                guard url.uidValidity.map({ $0 == info.uidValidity }) ?? true else { return nil }
                return try reader.body(of: info.id, uid: uid)
            }
        } catch StoreError.noSuchMessage {
            throw failure
        }
        guard let body else { throw failure }
        let section = url.section
        guard let part = try await services.pool.run({ try CatenatedPart(section, of: body) }) else { throw failure }
        return part
    }

    /// Only this server, and only who is logged in: others' mail has its own way in, which is rights.
    private func isOurs(_ url: MessageURL) -> Bool {
        guard let server = url.server else { return true }
        guard server.host == services.settings.hostName.lowercased() else { return false }
        guard let user = server.user, let address = login?.entry.address.description else { return true }
        return user.lowercased() == address.lowercased()
    }

    /// Nil where no mailbox can be.
    private func urlTarget(_ url: MessageURL) async throws -> MailboxTarget? {
        let login = try loggedIn()
        let name: String
        switch url.place {
        case .absolute(let text): name = text
        case .selected:
            guard let selected = try await selectedName() else { return nil }
            return MailboxTarget(home: selected.home, names: [selected.name])
        case .relative(let text):
            guard let selected = try await selectedName() else { return nil }
            let parent = selected.name.parent?.text
            name = parent.map { "\($0)/\(text)" } ?? text
        }
        return try? await target(WireMailbox(bytes: Array(name.utf8), encoding: .utf8), login)
    }

    private func selectedName() async throws -> (home: MailboxHome, name: MailboxName)? {
        guard case .selected(_, let mailbox) = state else { return nil }
        let door = mailbox.door
        let name = try await door.read { try $0.mailbox(door.id)?.name }
        return name.map { (door.home, $0) }
    }
}

/// The bytes a URL means: in hand, or where they stand in a file.
enum CatenatedPart: Sendable {
    case bytes([UInt8])
    case file(OpenFile, Range<Int>)

    var count: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .file(_, let range): range.count
        }
    }

    /// Nil when the message has no such part, or has gone meanwhile. Blocks: not on an event loop.
    init?(_ section: BodySection, of body: MessageBody) throws {
        switch body {
        case .inline(let bytes):
            let source = MessageSource(bytes)
            switch try SectionReader.content(of: section, in: source) {
            case .stretch(let range)?: self = .bytes(Array(try source.bytes(range)))
            case .made(let made)?: self = .bytes(made)
            case nil: return nil
            }
        case .file(let path, let size):
            guard let file = OpenFile(path: path, size: size) else { return nil }
            switch try SectionReader.content(of: section, in: MessageSource(file)) {
            case .stretch(let range)?: self = .file(file, range)
            case .made(let made)?: self = .bytes(made)
            case nil: return nil
            }
        }
    }
}
