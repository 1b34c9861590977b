import MailMessage

/// Where imported mail comes from: an mbox file, standard input (`-`), or a Maildir.
package enum MailSource: Sendable, Equatable {
    case mbox(String)
    case maildir(String)

    /// By looking: a folder with `cur` and `new` is a Maildir, a file is an mbox.
    package static func detect(_ path: String) throws(AdminError) -> MailSource {
        guard path != "-", FileSystem.isFolder(path) else { return .mbox(path) }
        guard FileSystem.isFolder(path + "/cur") || FileSystem.isFolder(path + "/new") else {
            throw .wrongData("\(path) is a folder, but not a Maildir: it has neither cur nor new")
        }
        return .maildir(path)
    }

    /// How much there is, for the progress bar: bytes of an mbox, messages of a Maildir; nil when it cannot be known.
    package var total: Int64? {
        switch self {
        case .mbox(let path): FileSystem.size(path)
        case .maildir(let path): (try? MaildirReader(path).count).map(Int64.init)
        }
    }

    /// Every message in order; `step` is how far that brought us, in the unit of `total`.
    func forEach(
        now: EpochSeconds, _ body: (_ message: ImportedMessage, _ step: Int64) async throws -> Void
    ) async throws {
        switch self {
        case .mbox(let path):
            var reader = try MboxReader(path)
            var before: Int64 = 0
            while let message = try reader.next(now: now) {
                try await body(message, reader.position - before)
                before = reader.position
            }
        case .maildir(let path):
            let reader = try MaildirReader(path)
            for file in reader.files {
                if let message = try reader.message(file, now: now) { try await body(message, 1) }
            }
        }
    }
}
