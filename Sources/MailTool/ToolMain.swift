package import ArgumentParser
import Glibc

/// Where every tool begins and ends: arguments in, one command run, errors and exit codes in one shape.
package enum ToolMain {
    /// As it stands before messages and in the audit trail.
    package static let name = CommandLine.arguments.first?.split(separator: "/").last.map(String.init) ?? "posthus"

    /// The whole life of a tool. The main thread waits here: Swift's own asynchronous `main` would end it (dispatch_main), and a
    /// process without its first thread has no command line in ps and keeps root's name after it has given root up.
    /// `codes`: for callers who know other exit codes than ours.
    package static func start<Command: AsyncParsableCommand>(
        _ command: Command.Type, codes: @escaping @Sendable (ExitStatus) -> ExitStatus = { $0 }
    ) -> Never {
        StandardDescriptors.take()  // before there are threads
        Task.detached { await run(command, codes: codes) }
        while true { pause() }
    }

    /// The same on the calling thread alone, for a tool that starts processes: no other thread exists unless its command starts one.
    package static func startOnThisThread<Command: ParsableCommand>(_ command: Command.Type) -> Never {
        prepareProcess()
        let errors = ErrorReport(tool: command._commandName, arguments: arguments)
        do {
            if try answered(command) { exit(ExitStatus.ok.rawValue) }
            var parsed = try parse(command)
            try parsed.run()
            try StandardOutput.shared.flush()
            exit(ExitStatus.ok.rawValue)
        } catch {
            exit(status(of: error, command, errors))
        }
    }

    /// Never returns to its caller: the process ends with the command's code.
    package static func run<Command: AsyncParsableCommand>(
        _ command: Command.Type, codes: (ExitStatus) -> ExitStatus = { $0 }
    ) async -> Never {
        prepareProcess()
        let errors = ErrorReport(tool: command._commandName, arguments: arguments)
        do {
            if try answered(command) { exit(ExitStatus.ok.rawValue) }
            var parsed = try parse(command)
            if var asynchronous = parsed as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try parsed.run()
            }
            try StandardOutput.shared.flush()
            exit(ExitStatus.ok.rawValue)
        } catch {
            let status = status(of: error, command, errors)
            exit(ExitStatus(rawValue: status).map(codes)?.rawValue ?? status)
        }
    }

    private static var arguments: [String] { Array(CommandLine.arguments.dropFirst()) }

    /// What every tool answers in the same way, whatever its command is.
    private static func answered<Command: ParsableCommand>(_ command: Command.Type) throws -> Bool {
        guard let script = try CompletionScript.requested(arguments, of: command) else { return false }
        try StandardOutput.shared.write(script)
        try StandardOutput.shared.flush()
        return true
    }

    private static func parse<Command: ParsableCommand>(_ command: Command.Type) throws -> any ParsableCommand {
        if let refusal = SecretArguments.refusal(arguments) { throw refusal }
        return try command.parseAsRoot(SignedWords.separated(arguments))
    }

    private static func status<Command: ParsableCommand>(
        of error: any Error, _ command: Command.Type, _ errors: ErrorReport
    ) -> Int32 {
        switch error {
        case let error as ToolExit: return finish(error.status, errors)
        case let error as ToolError:
            try? StandardOutput.shared.flush()
            errors.print(error)
            return error.status.rawValue
        default: return end(command, error, errors)
        }
    }

    /// What every process of ours begins with.
    package static func prepareProcess() {
        StandardDescriptors.take()
        signal(SIGPIPE, SIG_IGN)
        umask(0o027)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)  // no core file: it would hold passwords
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }

    private static func finish(_ status: ExitStatus, _ errors: ErrorReport) -> Int32 {
        do {
            try StandardOutput.shared.flush()
            return status.rawValue
        } catch {
            errors.print(error)
            return error.status.rawValue
        }
    }

    /// Help and version go to stdout; what ArgumentParser refuses becomes two lines on stderr.
    private static func end<Command: ParsableCommand>(
        _ command: Command.Type, _ error: any Error, _ errors: ErrorReport
    )
        -> Int32
    {
        let code = command.exitCode(for: error)
        if code.isSuccess {
            do {
                try StandardOutput.shared.write(HelpText.fitted(command.fullMessage(for: error)) + "\n")
                try StandardOutput.shared.flush()
                return 0
            } catch {
                errors.print(error)
                return error.status.rawValue
            }
        }
        let message = command.message(for: error)
        if code == .validationFailure {
            errors.print(
                .usage(errors.named(message, in: command), hint: "try '\(errors.commandLine(in: command)) --help'"))
            return ExitStatus.usage.rawValue
        }
        errors.print(ToolError(.internalError, "internal", message, hint: "please report this"))
        return ExitStatus.internalError.rawValue
    }
}

/// `mailctl: error: …` and `mailctl: hint: …`, or one JSON object when the output is JSON.
package struct ErrorReport: Sendable {
    let tool: String
    let arguments: [String]

    package init(tool: String, arguments: [String]) {
        self.tool = tool
        self.arguments = arguments
    }

    private var isJSON: Bool {
        for (index, argument) in arguments.enumerated() {
            if argument == "--json" || argument.hasPrefix("--format=") && argument.hasSuffix("json") { return true }
            if argument == "--format", arguments.dropFirst(index + 1).first?.hasSuffix("json") == true { return true }
            if argument == "--" { return false }
        }
        return false
    }

    private var isSilent: Bool {
        arguments.contains("-qq") || arguments.filter { $0 == "-q" || $0 == "--quiet" }.count > 1
    }

    package func print(_ error: ToolError) {
        if !isSilent { StandardError.write(text(error)) }
    }

    package func text(_ error: ToolError) -> String {
        guard isJSON else {
            let hint = error.hint.map { "\(tool): hint: \($0)\n" } ?? ""
            let lines = error.message.replacing("\n\(tool): error: ", with: "\n").split(separator: "\n")
            return lines.map { "\(tool): error: \($0)\n" }.joined() + hint
        }
        return JSONValue.object([
            ("v", .integer(1)), ("error", .text(error.identifier)), ("message", .text(error.message)),
            ("exit", .integer(Int64(error.status.rawValue))), ("hint", error.hint.map { .text($0) } ?? .null),
        ]).compact + "\n"
    }

    /// The command down to the subcommand that was named, for "try ... --help".
    func commandLine(in root: any ParsableCommand.Type) -> String { path(in: root).words.joined(separator: " ") }

    /// An argument where a subcommand belongs is a misspelt subcommand; an option that does not exist comes before what is missing.
    func named(_ message: String, in root: any ParsableCommand.Type) -> String {
        let (words, level) = path(in: root)
        let rest = arguments.dropFirst(words.count - 1)
        let names = level.configuration.subcommands.map { $0._commandName }
        guard !names.isEmpty, let next = rest.first, !next.hasPrefix("-") else {
            return UnknownOption.complaint(among: rest, of: level) ?? message
        }
        let near = Suggestion.nearest(to: next, in: names).map { " (did you mean \($0)?)" } ?? ""
        return "no command \"\(next)\"" + near
    }

    private func path(in root: any ParsableCommand.Type) -> (words: [String], level: any ParsableCommand.Type) {
        var words = [tool]
        var level = root
        for argument in arguments {
            guard let next = level.configuration.subcommands.first(where: { $0._commandName == argument }) else {
                break
            }
            words.append(argument)
            level = next
        }
        return (words, level)
    }
}

/// A password among the arguments has been seen by everybody who can list processes.
enum SecretArguments {
    static func refusal(_ arguments: [String]) -> ToolError? {
        let names = arguments.prefix { $0 != "--" }
        guard names.contains(where: { $0 == "--password" || $0.hasPrefix("--password=") }) else { return nil }
        return .usage(
            "the password is now visible in the process list; change it",
            hint: "use --password-stdin or --password-file FILE")
    }
}

/// `-10%` and `-80MB` are sizes that shrink something, not options: they go behind `--`, where words are only words.
enum SignedWords {
    static func separated(_ arguments: [String]) -> [String] {
        guard !arguments.contains("--"), arguments.contains(where: isSigned) else { return arguments }
        return arguments.filter { !isSigned($0) } + ["--"] + arguments.filter(isSigned)
    }

    private static func isSigned(_ word: String) -> Bool {
        guard word.first == "-", let digit = word.dropFirst().first, digit.isASCII, digit.isNumber else { return false }
        let unit = word.dropFirst().drop { $0.isASCII && ($0.isNumber || $0 == ".") }
        return !unit.isEmpty && unit.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "%") }
    }
}
