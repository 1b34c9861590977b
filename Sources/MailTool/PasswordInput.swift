import Glibc

/// Where a secret comes from: a file, stdin, or a prompt; never an argument, never the environment.
package enum PasswordInput {
    package static let maximumLength = 1_024

    package enum Source: Sendable, Equatable {
        case file(String)
        case standardInput
        /// Asked twice without echo.
        case prompt
        /// Asked once: for verification.
        case promptOnce
    }

    package static func read(_ source: Source, isAllowedToAsk: Bool = true) throws(ToolError) -> [UInt8] {
        switch source {
        case .file(let path): return try file(path)
        case .standardInput: return try firstLine(STDIN_FILENO)
        case .prompt, .promptOnce:
            guard isAllowedToAsk, isatty(STDIN_FILENO) == 1 else {
                throw .usage("no password given", hint: "use --password-stdin or --password-file FILE")
            }
            let first = try ask("Password: ")
            guard source == .prompt else { return first }
            guard try ask("Again: ") == first else { throw .data("the two passwords differ; nothing was changed") }
            return first
        }
    }

    private static func file(_ path: String) throws(ToolError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .file(path, errno: errno) }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        guard !isRegular || status.st_mode & 0o077 == 0 else {
            throw ToolError(
                .permission, "password_file_readable", "\(path) can be read by others than its owner",
                hint: "chmod 600 \(path)")
        }
        return try firstLine(descriptor)
    }

    /// The first line without its newline. At a prompt, Ctrl-C ends it.
    private static func firstLine(_ descriptor: Int32, isPrompt: Bool = false) throws(ToolError) -> [UInt8] {
        var result: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = Glibc.read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != 0x0a else { break }
            if isPrompt, byte == interruptKey { return [interruptKey] }
            result.append(byte)
            guard result.count <= maximumLength else {
                throw .data("the password is longer than \(maximumLength) bytes")
            }
        }
        if result.last == 0x0d { result.removeLast() }
        guard !result.isEmpty else { throw .data("the password is empty") }
        return result
    }

    private static func ask(_ question: String) throws(ToolError) -> [UInt8] {
        StandardError.write(question)
        var saved = termios()
        guard tcgetattr(STDIN_FILENO, &saved) == 0 else { throw .usage("cannot switch off the terminal's echo") }
        var silent = saved
        // Signals from the keyboard would end the process with the echo still off: Ctrl-C comes as a character instead,
        // which ends the line (VEOL).
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG)
        withUnsafeMutableBytes(of: &silent.c_cc) { $0[Int(VEOL)] = interruptKey }
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved)
            StandardError.write("\n")
        }
        let line = try firstLine(STDIN_FILENO, isPrompt: true)
        guard line != [interruptKey] else { throw .interrupted }
        return line
    }

    private static let interruptKey: UInt8 = 0x03
}
