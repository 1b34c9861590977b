import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

/// Whose mail, where, and how old.
struct SelectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("In there for so long, instead of what is set.", valueName: "span"))
    var olderThan: String?
    @Option(
        help: ArgumentHelp("trash, junk, or a mailbox by name; again and again.", valueName: "folder"),
        completion: .list(["trash", "junk"]))
    var folder: [String] = []
    @Option(
        help: ArgumentHelp("Only this account, again and again.", valueName: "address"), completion: .names(.account))
    var account: [String] = []
    @Option(
        help: ArgumentHelp("Only accounts of this organisation, again and again.", valueName: "org"),
        completion: .names(.org))
    var org: [String] = []
    @Option(name: .customLong("from0"), help: ArgumentHelp("Read accounts that end with NUL.", valueName: "file|-"))
    var from: String?
    @ArgumentParser.Flag(help: "Spare what is marked as important.") var keepFlagged = false
    @ArgumentParser.Flag(help: "Only remove; give up nothing that can still be restored.") var expungeOnly = false
    @ArgumentParser.Flag(help: "Only give up what was restorable for long enough.") var reclaim = false

    func validate() throws {
        if expungeOnly, reclaim { throw ValidationError("--expunge-only and --reclaim exclude each other") }
    }

    /// What can be said without the store.
    func request() throws(ToolError) -> PurgeRequest {
        var request = PurgeRequest()
        if let olderThan {
            guard let seconds = SpanText.parse(olderThan) else {
                throw .usage("--older-than \(olderThan): a span such as 7d or 12h")
            }
            request.olderThan = Int64(seconds)
        }
        for name in folder { request.folders.append(try Self.folder(name)) }
        if request.folders.contains(where: { if case .named = $0 { true } else { false } }), olderThan == nil {
            throw .usage("a mailbox by name has no period of its own", hint: "say how old with --older-than")
        }
        request.sparesFlagged = keepFlagged
        request.expunges = !reclaim
        request.reclaims = !expungeOnly
        return request
    }

    func resolve(_ request: inout PurgeRequest, _ administration: Administration) async throws {
        var names = account
        if let from {
            names += try InputFile.bytes(from).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        }
        if !account.isEmpty || from != nil {
            var ids: Set<AccountID> = []
            for name in names { ids.insert(try await administration.account(name).id) }
            request.accounts = ids
        }
        guard !org.isEmpty else { return }
        var organisations: Set<OrganisationName> = []
        for text in org { organisations.insert(try Value.organisation(text)) }
        try await administration.requireOrganisations(organisations)
        request.organisations = organisations
    }

    private static func folder(_ text: String) throws(ToolError) -> PurgeRequest.Folder {
        switch text.lowercased() {
        case "trash": .trash
        case "junk": .junk
        default: .named(try Value.mailbox(text))
        }
    }
}
