import MailConfig
import MailMessage

/// The configuration file: what is accepted is printed as a file that says the same; what is refused is explained.
enum FuzzConfiguration: FuzzTarget {
    static let name = "configuration"
    /// Two bytes are a table of a hundred in the TOML library, and once more here.
    static var memoryPerByte: Int { 4_000 }

    static func check(_ input: [UInt8]) -> String? {
        guard let text = String(validating: input, as: UTF8.self) else { return nil }
        return brokenFile(text) ?? brokenSize(text) ?? brokenSpan(text) ?? brokenOverride(text)
    }

    private static func brokenFile(_ text: String) -> String? {
        let lines = text.utf8.count { $0 == 0x0a } + 1
        do throws(ConfigurationError) {
            let configuration = try Configuration(text: text)
            let again = try? Configuration(text: configuration.text)
            return again == configuration ? nil : "printed it says something else:\n\(configuration.text)"
        } catch {
            var rules = Rules()
            rules.that(!error.problems.isEmpty, "refused without a reason")
            for problem in error.problems {
                rules.that((1...lines).contains(problem.line ?? 1), "line \(problem.line ?? 0) of \(lines)")
                rules.that(!problem.description.isEmpty, "no words")
            }
            return rules.broken
        }
    }

    private static func brokenSize(_ text: String) -> String? {
        guard let size = try? SizeText.parse(text) else { return nil }
        guard (try? SizeText.parse(SizeText.exact(size))) == size else { return "\(size) is \(SizeText.exact(size))" }
        return SizeText.format(size).isEmpty ? "no words for \(size)" : nil
    }

    private static func brokenSpan(_ text: String) -> String? {
        guard let span = SpanText.parse(text) else { return nil }
        return SpanText.parse(SpanText.format(span)) == span ? nil : "\(span) is \(SpanText.format(span))"
    }

    private static func brokenOverride(_ text: String) -> String? {
        let loader = ConfigurationLoader(path: "/dev/null", overrides: [text], environment: [:])
        guard let configuration = try? loader.load() else { return nil }
        let again = try? Configuration(text: configuration.text)
        return again == configuration ? nil : "--set \(text) cannot be printed"
    }
}
