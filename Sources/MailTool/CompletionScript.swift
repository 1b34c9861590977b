package import ArgumentParser

/// What every tool takes beside its own options.
package struct ToolOptions: ParsableArguments {
    /// Declared for help, manual and completion; `ToolMain` answers it before anything else is looked at.
    @Option(
        help: ArgumentHelp("Print the completion script of a shell: bash, zsh or fish.", valueName: "shell"),
        completion: .list(["bash", "zsh", "fish"]))
    package var completion: String?

    package init() {}
}

/// The script that ArgumentParser makes, mended for bash: bash ends words at @ and :, where addresses go on, and `compgen -W`
/// carries out what stands in its words, which here are names that users gave to their mailboxes.
package enum CompletionScript {
    private static let option = "--completion"

    /// Nil when the arguments ask for something else.
    static func requested<Command: ParsableCommand>(
        _ arguments: [String], of command: Command.Type
    ) throws(ToolError) -> String? {
        guard let first = arguments.first, first == option || first.hasPrefix(option + "=") else { return nil }
        let word = first == option ? arguments.dropFirst().first : String(first.dropFirst(option.count + 1))
        guard let word, let shell = CompletionShell(rawValue: word) else {
            throw .usage("\(option) \(word ?? ""): one of bash, zsh, fish")
        }
        return text(command.completionScript(for: shell), for: shell, command: command._commandName)
    }

    static func text(_ script: String, for shell: CompletionShell, command: String) -> String {
        guard shell == .bash else { return script + "\n" }
        let lines = script.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        let body = lines.filter { !$0.hasPrefix("complete -o filenames") }.joined(separator: "\n")
        return "# bash completion for \(command); made by: \(command) --completion bash\n"
            + body.replacing("_add_completions -W \"$(__", with: "_add_names \"$(__")
            + bashTail.replacing("TOOL", with: command)
    }

    private static let bashTail = #"""
        # Takes names, a line each: nothing in them is carried out, and what is special in a shell is quoted, but not the @.
        __TOOL_add_names() {
            local name quoted
            compopt +o filenames
            while IFS='' read -r name; do
                printf -v quoted %q "${name}"
                [[ -n "${name}" && ( "${quoted}" = "${cur}"* || "${name}" = "${cur}"* ) ]] && COMPREPLY+=("${quoted}")
            done <<<"${1}"
        }

        # Puts together again what bash took apart at @ and :, and gives back only what stands for the last of these parts.
        __TOOL_complete() {
            local line="${COMP_LINE:0:COMP_POINT}" word
            local -a joined=()
            local -i index=-1
            for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
                if [[ "${index}" -ge 0 && "${line}" != [[:space:]]* && "${joined[index]: -1}${word:0:1}" = *[@:]* ]]; then
                    joined[index]+="${word}"
                else
                    joined+=("${word}")
                    index+=1
                fi
                line="${line#"${line%%[![:space:]]*}"}"
                line="${line#"${word}"}"
            done
            local -a COMP_WORDS=("${joined[@]}")
            local -i COMP_CWORD="${index}"
            local -r typed="${joined[index]}"
            _TOOL "${1}" "${typed}" "${joined[index > 0 ? index - 1 : 0]}"
            trap - RETURN
            COMPREPLY=("${COMPREPLY[@]#"${typed%"${2}"}"}")
        }

        complete -o filenames -F __TOOL_complete TOOL

        """#
}
