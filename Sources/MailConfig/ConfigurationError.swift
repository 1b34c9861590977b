/// One thing that is wrong in the configuration, said so that it can be found and mended.
package struct ConfigurationProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// A file's path, `--set` or an environment variable's name.
    package let source: String
    package let line: Int?
    package let column: Int?
    /// The dotted key, where there is one.
    package let key: String?
    package let message: String

    package init(source: String, line: Int? = nil, column: Int? = nil, key: String? = nil, message: String) {
        self.source = source
        self.line = line
        self.column = column
        self.key = key
        self.message = message
    }

    /// `mail.conf:12: limits.message_size: "500M" is neither MB nor MiB`
    package var description: String {
        let place = [source, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":")
        return place + ": " + (key.map { $0 + ": " } ?? "") + message
    }
}

/// All that is wrong, not only the first.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    package let problems: [ConfigurationProblem]

    package init(_ problems: [ConfigurationProblem]) { self.problems = problems }
    package init(_ problem: ConfigurationProblem) { problems = [problem] }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
