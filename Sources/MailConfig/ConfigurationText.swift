/// The configuration as text: what is in force, the example file, and the manual's list of keys, all from the same keys.
extension Configuration {
    /// Every key with its value, as a file that gives the same configuration.
    package var text: String {
        var result = ""
        for (section, keys) in Self.sections {
            result += (result.isEmpty ? "" : "\n") + "[\(section)]\n"
            for key in keys { result += "\(key.leaf) = \(key.show(self))\n" }
        }
        return result
    }

    /// Every key with its words and its default, all switched off: the file to begin with.
    package static var example: String {
        var result = """
            # mail.conf: the configuration of posthus, see mail.conf(5). The defaults stand behind the '#'.
            # Check it with:  mail-serve --check-config

            """
        let defaults = Configuration()
        for (section, keys) in sections {
            result += "\n[\(section)]\n"
            for key in keys {
                for line in wrapped(key.documentation) { result += "# \(line)\n" }
                result += "#\(key.leaf) = \(key.show(defaults))\n"
            }
        }
        return result
    }

    /// The list of keys in mdoc, for mail.conf(5).
    package static var manual: String {
        let defaults = Configuration()
        var result = ".Bl -tag -width Ds\n"
        for key in keys {
            let value = key.show(defaults).replacing("\\", with: "\\e")
            result += ".It Ic \(key.name) = Ar \(key.kind.replacing("\"", with: "\\(dq"))\n"
            result += "\(key.documentation.replacing("\"", with: "\\(dq"))\n"
            result += "Default: \(value.replacing("\"", with: "\\(dq")).\n"
        }
        return result + ".El\n"
    }

    /// For tests and completion.
    package static var keyNames: [String] { keys.map(\.name) }

    private static var sections: [(String, [ConfigurationKey<Configuration>])] {
        var result: [(String, [ConfigurationKey<Configuration>])] = []
        for key in keys {
            if result.last?.0 == key.section {
                result[result.count - 1].1.append(key)
            } else {
                result.append((key.section, [key]))
            }
        }
        return result
    }

    private static func wrapped(_ text: String, width: Int = 100) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + word.count < width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}

extension ConfigurationKey {
    var section: String { name.lastIndex(of: ".").map { String(name[..<$0]) } ?? "" }
    var leaf: String { name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? name }
}
