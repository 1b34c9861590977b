package import MailMessage

/// One state of a store in a backup: for each part the run that last changed it.
package struct BackupSnapshot: Sendable, Equatable {
    package struct Entry: Sendable, Equatable {
        package let part: String
        let run: Int64
        /// What the database's files looked like: the same again means nothing to do.
        let stamp: String
        package let bytes: Int64
        package let messages: Int64
    }

    /// Seconds since 1970 at its beginning; also its name.
    package let at: EpochSeconds
    package private(set) var entries: [Entry] = []

    package var messages: Int64 { entries.reduce(0) { $0 + $1.messages } }
    package var bytes: Int64 { entries.reduce(0) { $0 + $1.bytes } }
    package var accounts: Int { entries.count { $0.part.hasPrefix("accounts/") } }

    package func entry(of account: AccountID) -> Entry? {
        entries.first { BackupPart.named($0.part, in: "")?.account == account }
    }

    init(at: EpochSeconds) { self.at = at }

    mutating func add(_ entry: Entry) { entries.append(entry) }

    private static let firstLine = "posthus snapshot 1"
    private static let lastLine = "end"

    /// Lines with tabs; the last one says that it is whole.
    var text: String {
        let lines = entries.map { "\($0.part)\t\($0.run)\t\($0.stamp)\t\($0.bytes)\t\($0.messages)" }
        return ([Self.firstLine] + lines + [Self.lastLine]).joined(separator: "\n") + "\n"
    }

    init(_ text: String, at: EpochSeconds, file: String) throws {
        let lines = text.split(separator: "\n")
        guard lines.first == Self.firstLine[...], lines.last == Self.lastLine[...] else {
            throw StoreError.damaged(file: file, detail: "it is not a whole snapshot")
        }
        self.at = at
        for line in lines.dropFirst().dropLast() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 5, let run = Int64(fields[1]), let bytes = Int64(fields[3]),
                let messages = Int64(fields[4]), BackupPart.named(fields[0], in: "") != nil
            else { throw StoreError.damaged(file: file, detail: "a line of it is wrong") }
            entries.append(Entry(part: fields[0], run: run, stamp: fields[2], bytes: bytes, messages: messages))
        }
    }
}
