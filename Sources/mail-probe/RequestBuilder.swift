import Glibc
import MailProbe
import MailTool

/// From words to a request; whatever is wrong is said before anything is sent.
struct RequestBuilder {
    let looking: LookingOptions
    let login: LoginOptions
    let trust: TrustOptions
    let output: ReportOptions
    let targets: [String]

    func request() throws -> ProbeRequest {
        var options = ProbeOptions()
        options.targets = targets
        options.discover = looking.discover
        options.services = looking.mode.flatMap { $0.split(separator: ",").map(String.init) }
        (options.isOnlyIPv4, options.isOnlyIPv6) = (looking.onlyIPv4, looking.onlyIPv6)
        (options.address, options.resolver, options.prefix) = (looking.address, looking.resolver, looking.prefix)
        (options.recipient, options.sender, options.testsRelay) = (looking.recipient, looking.from, looking.relayTest)
        (options.timeout, options.connectTimeout, options.isPatient) = (
            looking.timeout, looking.connectTimeout, looking.patient
        )
        (options.authorities, options.serverName) = (trust.caFile, trust.servername)
        (options.minimumTLS, options.warnDays, options.criticalDays) = (trust.minTls, trust.warnDays, trust.critDays)
        options.only = trust.only.flatMap { $0.split(separator: ",").map(String.init) }
        options.leaveOut = trust.skip.flatMap { $0.split(separator: ",").map(String.init) }
        for path in [trust.caFile, login.passwordFile].compactMap({ $0 }) where access(path, F_OK) != 0 {
            throw MissingFile.refusal(path)
        }
        if looking.from != nil, login.login == nil { throw ToolError.usage("--from goes with --login USER") }
        options.typed = try looking.settings.map(SmallFile.read)
        options.documented = try looking.settingsFrom.map { (name: $0, bytes: try SmallFile.read($0)) }
        options.keepsTranscript = output.verbose > 0
        return try options.request(login: try login.value())
    }
}

/// Files that people write by hand.
enum SmallFile {
    private static let longest = 65_536

    static func read(_ path: String) throws -> [UInt8] {
        if path != "-", access(path, F_OK) != 0 { throw MissingFile.refusal(path) }
        return try InputFile.bytes(path, atMost: longest)
    }
}

/// A file that is not there, and the one beside it that may have been meant.
enum MissingFile {
    static func refusal(_ path: String) -> ToolError {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let name = String(parts.last ?? "")
        let folder = parts.dropLast().joined(separator: "/")
        let place = parts.count == 1 ? "." : folder.isEmpty ? "/" : folder
        let near = Suggestion.nearest(to: name, in: names(in: place)).map { " (did you mean \($0)?)" } ?? ""
        return .usage("no file \"\(Printable.oneLine(path))\"" + near)
    }

    private static func names(in folder: String) -> [String] {
        guard let open = opendir(folder) else { return [] }
        defer { closedir(open) }
        var found: [String] = []
        while let entry = readdir(open) {
            found.append(
                withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return found
    }
}
