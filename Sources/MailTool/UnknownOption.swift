import ArgumentParser

/// An option that does not exist, found before ArgumentParser complains of what is missing besides, with the nearest that does.
enum UnknownOption {
    private static let ofEveryCommand = [
        "help", "version", "help-hidden", "experimental-dump-help", "generate-completion-script",
    ]

    /// What is wrong with the first of them; nil when all are known.
    static func complaint(among arguments: some Sequence<String>, of command: any ParsableCommand.Type) -> String? {
        let known = names(of: command)
        let words = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
        for word in words.map({ String($0.dropFirst(2).prefix { $0 != "=" }) }) where !known.contains(word) {
            let near = Suggestion.nearest(to: word, in: known).map { ". Did you mean '--\($0)'?" } ?? ""
            return "Unknown option '--\(word)'\(near)"
        }
        return nil
    }

    private static func names(of command: any ParsableCommand.Type) -> [String] {
        let dump = try? JSONParser.parse(Array(command._dumpHelp().utf8))
        guard case .list(let arguments)? = dump?["command"]?["arguments"] else { return ofEveryCommand }
        return arguments.flatMap(longNames) + ofEveryCommand
    }

    private static func longNames(_ argument: JSONValue) -> [String] {
        guard case .list(let names)? = argument["names"] else { return [] }
        return names.compactMap { name in
            guard case .text("long")? = name["kind"], case .text(let word)? = name["name"] else { return nil }
            return word
        }
    }
}
