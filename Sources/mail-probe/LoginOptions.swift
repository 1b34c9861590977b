import ArgumentParser
import MailProbe
import MailTool

/// Who logs in; without them nothing secret is sent.
struct LoginOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Log in, once for each protocol, only over verified encryption.", valueName: "user"))
    var login: String?
    @Option(help: ArgumentHelp("Read the password from there.", valueName: "file"), completion: .file())
    var passwordFile: String?
    @ArgumentParser.Flag(help: "Read the password from standard input.") var passwordStdin = false
    @ArgumentParser.Flag(help: "Never ask.") var noInput = false

    func validate() throws {
        if passwordFile != nil, passwordStdin {
            throw ValidationError("--password-file and --password-stdin exclude each other")
        }
        if login == nil, passwordFile != nil || passwordStdin {
            throw ValidationError("a password goes with --login USER")
        }
    }

    func value() throws -> Login? {
        guard let login else { return nil }
        guard !login.isEmpty, login.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            throw ToolError.usage("the user name of --login is empty or has control characters")
        }
        let source: PasswordInput.Source =
            if let passwordFile { .file(passwordFile) } else if passwordStdin { .standardInput } else { .promptOnce }
        let password = try PasswordInput.read(source, isAllowedToAsk: !noInput)
        guard password.allSatisfy({ $0 != 0 }) else { throw ToolError.data("the password has a NUL in it") }
        return Login(name: login, password: password)
    }
}
