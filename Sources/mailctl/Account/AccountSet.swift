import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

struct AccountSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change what is known of accounts.",
        discussion: "The address is changed by rename, the password by password set.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Option(help: "The person's name.") var name: String?
    @Option(help: ArgumentHelp("Short name to log in with.", valueName: "id")) var login: String?
    @Option(help: "Organisation, or none.", completion: .names(.org)) var org: String?
    @Option(
        name: .customLong("class"),
        help: "Class, or none; several with commas for a person with several roles: the most generous limit counts.",
        completion: .names(.class))
    var accountClass: String?
    @Option(help: "Of notices and web pages: en, sv, or none.") var language: String?
    @Option(help: "Below what they write in the web pages; empty for none.") var signature: String?
    @Option(help: ArgumentHelp("Read it from a file, or from standard input.", valueName: "file|-"))
    var signatureFile: String?
    @Option(help: ArgumentHelp("Limit: 500MB, 2GiB, none or default.", valueName: "size")) var quota: String?
    @Option(help: ArgumentHelp("The day nobody can log in any more, or never.", valueName: "date")) var expires: String?
    @Option(help: ArgumentHelp("What is done on that day: suspend, remove or forward; or none.", valueName: "action"))
    var then: String?
    @OptionGroup var list: NameList

    func validate() throws {
        if signature != nil, signatureFile != nil { throw ValidationError("--signature excludes --signature-file") }
    }

    func run() async throws {
        let wanted = try change()
        try await EachAccount.run(common, result, list) { try await $0.change($1, wanted) }
    }

    private func change() throws(ToolError) -> AccountChange {
        let given = [name, login, org, accountClass, language, signature, signatureFile, quota, expires, then]
        guard given.contains(where: { $0 != nil }) else {
            throw .usage(
                "nothing to set: give --name, --login, --org, --class, --language, --signature, --quota, --expires or --then"
            )
        }
        var change = AccountChange()
        if let name { change.name = .set(name) }
        if let login { change.login = .set(try Value.login(login)) }
        if let org { change.organisation = .set(org == "none" ? nil : try Value.organisation(org)) }
        if let accountClass {
            let classes = try classes(accountClass)
            change.accountClass = .set(classes.first)
            change.furtherClasses = .set(Array(classes.dropFirst()))
        }
        if let language { change.language = .set(try noticeLanguage(language)) }
        if let signature { change.signature = .set(signature) }
        if let signatureFile {
            change.signature = .set(try InputFile.text(signatureFile, atMost: AccountPreferences.longestSignature))
        }
        if let quota { change.quota = try Value.quota(quota) }
        if let expires { change.expiresAt = .set(expires == "never" ? nil : try Value.moment(expires)) }
        if let then { change.expiresThen = .set(then == "none" ? nil : try Value.expiryAction(then)) }
        return change
    }
}

extension AccountSet {
    private func classes(_ text: String) throws(ToolError) -> [ClassName] {
        guard text != "none" else { return [] }
        var classes: [ClassName] = []
        for name in text.split(separator: ",") { classes.append(try Value.accountClass(String(name))) }
        return classes
    }

    private func noticeLanguage(_ text: String) throws(ToolError) -> NoticeLanguage? {
        guard text != "none", text != "default" else { return nil }
        guard let language = NoticeLanguage(rawValue: text) else {
            throw .data("--language \(text): one of \(NoticeLanguage.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return language
    }
}

struct AccountRename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename", abstract: "Give an account another address; mail, password and login stay.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @ArgumentParser.Flag(help: "The old address stays as an alias.") var keepAlias = false
    @Argument(help: "The account: address, login or alias.", completion: .names(.account)) var old: String
    @Argument(help: "The new address.") var new: String

    func run() async throws {
        let (address, outcome) = try await common.withStore { administration in
            let entry = try await administration.account(old)
            let address = try await administration.address(new)
            return (address, try await administration.rename(entry, to: address, keepAlias: keepAlias))
        }
        try common.tell(outcome, "account", "\(address)", result)
    }
}

struct AccountRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Undo remove: mail, password, and the names nobody took meanwhile.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(
        help: "Its former address, or its id (account list --status removed --columns id,address).",
        completion: .names(.removed))
    var address: String

    func run() async throws {
        let entry = try await common.withStore { try await $0.restore(address) }
        try common.tell(.changed, "account", "\(entry.address)", result)
    }
}
