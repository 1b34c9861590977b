import ArgumentParser
import MailAdmin
import MailCommand
import MailConfig
import MailMessage
import MailStore
import MailTool

struct PasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Mail passwords.",
        discussion: "A password comes from a prompt, a file or standard input; never from an argument.",
        subcommands: [
            PasswordSet.self, PasswordVerify.self, PasswordClear.self, PasswordLink.self, PasswordHash.self,
            AppPasswordCommand.self,
        ])
}

/// Where a password is read.
struct PasswordSource: ParsableArguments {
    @Option(help: ArgumentHelp("Read it from a file only its owner can read.", valueName: "file")) var passwordFile:
        String?
    @ArgumentParser.Flag(help: "Read it from standard input, first line.") var passwordStdin = false

    func validate() throws {
        if passwordFile != nil, passwordStdin {
            throw ValidationError("--password-file and --password-stdin exclude each other")
        }
    }

    var isGiven: Bool { passwordFile != nil || passwordStdin }

    func read(orAsk prompt: PasswordInput.Source, isAllowedToAsk: Bool) throws(ToolError) -> [UInt8] {
        let source = passwordFile.map(PasswordInput.Source.file) ?? (passwordStdin ? .standardInput : prompt)
        return try PasswordInput.read(source, isAllowedToAsk: isAllowedToAsk)
    }
}

/// A password that shall be set: the policy of the configuration applies.
struct NewPasswordOptions: ParsableArguments {
    @OptionGroup var source: PasswordSource
    @ArgumentParser.Flag(help: "Take any password, however short: for tests.") var noPolicy = false

    var isGiven: Bool { source.isGiven }

    /// What a file or standard input holds, read while the process is still who was asked; nil = ask later.
    func given() throws(ToolError) -> [UInt8]? {
        isGiven ? try source.read(orAsk: .prompt, isAllowedToAsk: false) : nil
    }

    func credential(
        _ common: CommonOptions, given: [UInt8]? = nil, names: [String], of entry: AccountEntry? = nil,
        after before: Credential? = nil, like frame: ScramKeys? = nil
    ) throws(ToolError) -> Credential {
        let configuration = try common.configuration()
        let raw = if let given { given } else { try source.read(orAsk: .prompt, isAllowedToAsk: !common.noInput) }
        if let entry, !noPolicy { try Self.refuseDirectoryPassword(raw, of: entry, configuration.identity) }
        let minimum = noPolicy ? 0 : configuration.identity.minimumPasswordLength
        let now = try common.clock()()
        do {
            return try Passwords.credential(
                for: raw, minimumLength: minimum, names: names, withScram: configuration.auth.scram,
                after: before, like: frame, at: now)
        } catch {
            throw ToolError(.data, "weak_password", error.words)
        }
    }
}

extension NewPasswordOptions {
    /// A mail password lies in phones and programs: it shall not open everything else too.
    private static func refuseDirectoryPassword(
        _ raw: [UInt8], of entry: AccountEntry, _ identity: IdentitySection
    ) throws(ToolError) {
        guard !identity.program.isEmpty else { return }
        let program = PersonsProgram(identity.program, timeout: identity.programTimeout)
        guard program.check(name: entry.login.text, password: raw, at: MailStore.now()) == .right else { return }
        throw ToolError(.data, "directory_password", "this is the password in the directory of persons: choose another")
    }
}

struct PasswordSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "set", abstract: "Set an account's password.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var password: NewPasswordOptions
    @Option(help: ArgumentHelp("Read a crypt(3) hash instead, from a file or -.", valueName: "file|-")) var hashFile:
        String?
    @ArgumentParser.Flag(help: "The old one was stolen: do not tell devices that use it that it was changed.")
    var forgetOld = false
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String

    func validate() throws {
        if hashFile != nil, password.isGiven {
            throw ValidationError("--hash-file excludes --password-file and --password-stdin")
        }
    }

    func run() async throws {
        let imported = try hashFile.map(imported)
        let given = try password.given()
        let former = forgetOld ? 0 : EpochSeconds(try common.configuration().identity.formerPassword)
        let entry = try await common.withStore { administration in
            let entry = try await administration.account(address)
            let names = [entry.address.description, entry.address.local, entry.login.text, entry.name]
            let before = former > 0 ? try await administration.credential(of: entry) : nil
            let frame = try await administration.appPasswordFrame(of: entry)
            let credential =
                try imported
                ?? password.credential(common, given: given, names: names, of: entry, after: before, like: frame)
            try await administration.setCredential(credential, of: entry, formerSeconds: former)
            return entry
        }
        try common.tell(.changed, "account", "\(entry.address)", result)
    }

    private func imported(_ file: String) throws(ToolError) -> Credential {
        let bytes = try InputFile.bytes(file).prefix { $0 != 0x0a && $0 != 0x0d }
        let now = try common.clock()()
        do {
            return try Passwords.credential(importing: String(decoding: bytes, as: UTF8.self), at: now)
        } catch {
            throw ToolError(error)
        }
    }
}

struct PasswordVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Exit 0 when the password is right, 77 when it is not.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @OptionGroup var source: PasswordSource
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String

    func run() async throws {
        let given = source.isGiven ? try source.read(orAsk: .promptOnce, isAllowedToAsk: false) : nil
        let (entry, credential) = try await common.withStore { administration in
            let entry = try await administration.account(address)
            return (entry, try await administration.credential(of: entry))
        }
        guard credential?.hash != nil else {
            throw ToolError(.permission, "no_password", "\(entry.address) has no password yet")
        }
        let raw = try given ?? source.read(orAsk: .promptOnce, isAllowedToAsk: !common.noInput)
        guard Passwords.verify(raw, credential) else {
            try await Task.sleep(for: .seconds(1))
            throw ToolError(.permission, "wrong_password", "the password is wrong")
        }
        try common.say(
            "the password is right", result, [("account", .text("\(entry.address)")), ("is_right", .flag(true))])
    }
}

struct PasswordClear: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear", abstract: "Take the password away: mail still arrives, nobody can log in.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: "Address, login or alias.", completion: .names(.account)) var address: String

    func run() async throws {
        let (outcome, entry) = try await common.withStore { administration -> (Outcome, AccountEntry) in
            let entry = try await administration.account(address)
            guard try await administration.credential(of: entry) != nil else { return (.unchanged, entry) }
            try await administration.setCredential(nil, of: entry)
            return (.changed, entry)
        }
        try common.tell(outcome, "account", "\(entry.address)", result)
    }
}
