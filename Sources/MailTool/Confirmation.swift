import Glibc

/// Questions before something is changed that cannot easily be changed back.
package enum Confirmation {
    /// Moderate: `--yes` or an answer.
    package static func ask(_ question: String, isAnswered: Bool, isAllowedToAsk: Bool) throws(ToolError) {
        if isAnswered { return }
        guard isAllowedToAsk, isatty(STDIN_FILENO) == 1 else {
            throw .usage(question + ": not confirmed", hint: "repeat with --yes")
        }
        StandardError.write(question + " [y/N] ")
        guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
            throw .usage("not confirmed; nothing was changed")
        }
    }

    /// Severe: the name has to be typed, as an option or as an answer.
    package static func require(_ name: String, what: String, given: String?, isAllowedToAsk: Bool) throws(ToolError) {
        if let given {
            guard given == name else { throw .usage("--confirm \(given) does not match \(name); nothing was changed") }
            return
        }
        guard isAllowedToAsk, isatty(STDIN_FILENO) == 1 else {
            throw .usage("\(what); repeat with --confirm \(name)")
        }
        StandardError.write("\(what). Type \"\(name)\" to go on: ")
        guard readLine() == name else { throw .usage("not confirmed; nothing was changed") }
    }
}
