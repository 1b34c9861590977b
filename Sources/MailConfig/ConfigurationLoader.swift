import Glibc

/// Defaults <- file <- environment <- options. Everything that is wrong is collected before anything is refused.
package struct ConfigurationLoader: Sendable {
    package static let maximumFileSize = 1_048_576

    /// Nil: MAIL_CONFIG, else the standard path, which may be absent.
    package var path: String?
    package var store: String?
    /// `key=value`, in order.
    package var overrides: [String] = []
    package var environment: [String: String]

    package init(
        path: String? = nil, store: String? = nil, overrides: [String] = [],
        environment: [String: String] = ConfigurationLoader.processEnvironment()
    ) {
        self.path = path
        self.store = store
        self.overrides = overrides
        self.environment = environment
    }

    /// Which file is read, and whether it must exist.
    package var file: (path: String, isRequired: Bool) {
        if let path { return (path, true) }
        if let named = environment["MAIL_CONFIG"], !named.isEmpty { return (named, true) }
        return (Configuration.standardPath, false)
    }

    package func load() throws(ConfigurationError) -> Configuration {
        var configuration = Configuration()
        configuration.server.name = Self.hostName()
        var problems: [ConfigurationProblem] = []
        if let text = try readFile() {
            configuration.apply(try ConfigurationFile(text, source: file.path), &problems)
        }
        if let named = environment["MAIL_STORE"], !named.isEmpty { configuration.server.store = named }
        for override in overrides { configuration.apply(override: override, &problems) }
        if let store { configuration.server.store = store }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        configuration.tls.findCredentials(in: environment[CredentialPath.variable])
        configuration.identity.findCredentials(in: environment[CredentialPath.variable])
        return configuration
    }

    /// Every key with its value and who said so: `default`, `FILE:LINE`, `--set`, `MAIL_STORE` or `--store`.
    package func origins() throws(ConfigurationError) -> [(key: String, value: String, origin: String)] {
        let configuration = try load()
        var origins: [String: String] = ["server.name": "host name"]
        if let text = try readFile() {
            let parsed = try ConfigurationFile(text, source: file.path)
            for (key, _) in parsed.values {
                origins[key] = parsed.source + (parsed.line(of: key).map { ":\($0)" } ?? "")
            }
        }
        if environment["MAIL_STORE"]?.isEmpty == false { origins["server.store"] = "MAIL_STORE" }
        for override in overrides { origins[String(override.prefix { $0 != "=" && $0 != " " })] = "--set" }
        if store != nil { origins["server.store"] = "--store" }
        return Configuration.keys.map { ($0.name, $0.show(configuration), origins[$0.name] ?? "default") }
    }

    private func readFile() throws(ConfigurationError) -> String? {
        let (path, isRequired) = file
        guard let handle = fopen(path, "rb") else {
            let code = errno
            if code == ENOENT, !isRequired { return nil }
            throw ConfigurationError(.init(source: path, message: String(cString: strerror(code))))
        }
        defer { fclose(handle) }
        var bytes = [UInt8](repeating: 0, count: Self.maximumFileSize + 1)
        let count = fread(&bytes, 1, bytes.count, handle)
        guard ferror(handle) == 0 else {
            throw ConfigurationError(.init(source: path, message: "cannot be read"))
        }
        guard count <= Self.maximumFileSize else {
            throw ConfigurationError(.init(source: path, message: "is larger than 1 MiB"))
        }
        guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
            throw ConfigurationError(.init(source: path, message: "is not UTF-8"))
        }
        return text
    }

    package static func hostName() -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        let name = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return name.isEmpty ? "localhost" : name
    }

    package static func processEnvironment() -> [String: String] {
        var result: [String: String] = [:]
        for name in ["MAIL_CONFIG", "MAIL_STORE", CredentialPath.variable] {
            if let value = getenv(name) { result[name] = String(cString: value) }
        }
        return result
    }
}

extension Configuration {
    /// From text, for tests and for checks of a text that is not a file.
    package init(text: String, source: String = "mail.conf") throws(ConfigurationError) {
        self.init()
        var problems: [ConfigurationProblem] = []
        apply(try ConfigurationFile(text, source: source), &problems)
        guard problems.isEmpty else { throw ConfigurationError(problems) }
    }

    mutating func apply(_ file: ConfigurationFile, _ problems: inout [ConfigurationProblem]) {
        let first = problems.count
        for (key, value) in file.values {
            do {
                try set(key, value)
            } catch {
                problems.append(
                    ConfigurationProblem(
                        source: file.source, line: file.line(of: key), key: key, message: error.message))
            }
        }
        problems[first...].sort { ($0.line ?? 0, $0.key ?? "") < ($1.line ?? 0, $1.key ?? "") }
    }

    mutating func apply(override: String, _ problems: inout [ConfigurationProblem]) {
        let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            return problems.append(.init(source: "--set", message: "\"\(override)\" is not key=value"))
        }
        let key = parts[0].filter { $0 != " " }
        do {
            try set(key, OverrideText.raw(parts[1], isList: Self.keysByName[key]?.isList ?? false))
        } catch {
            problems.append(.init(source: "--set", key: key, message: error.message))
        }
    }

    private mutating func set(_ name: String, _ value: RawValue) throws(ValueRefusal) {
        guard let key = Self.keysByName[name] else { throw ValueRefusal(Self.unknown(name)) }
        try key.set(&self, value)
    }

    private static func unknown(_ name: String) -> String {
        if keysByName.keys.contains(where: { $0.hasPrefix(name + ".") }) { return "is a section, not a key" }
        let near = Spelling.nearest(to: name, in: keys.map(\.name))
        return "unknown key" + (near.map { " (did you mean \($0)?)" } ?? "")
    }
}
