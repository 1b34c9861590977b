import Glibc

/// Before anything is changed, a process of its own looks at the configuration, the store and the certificates as a worker
/// would: the supervisor reads no certificate, and a new program shows that it starts at all.
struct Preflight {
    static let option = "--check-start"
    private static let patience = Duration.seconds(30)
    private static let mostText = 1_000

    let pid: Int32
    let deadline: Duration
    /// Nil when its words go where ours go.
    private let output: Int32?

    /// The same arguments as ours, so that it finds the same configuration.
    init(program: String, isHeard: Bool, now: Duration) throws(SystemFailure) {
        let words = Array(CommandLine.arguments.prefix(1)) + [Self.option] + CommandLine.arguments.dropFirst()
        output = isHeard ? try MemoryFile.make("check") : nil
        do {
            pid = try Spawn.start(Command(path: program, arguments: words), descriptors: [], output: output)
        } catch {
            if let output { close(output) }
            throw error
        }
        deadline = now + Self.patience
    }

    /// What it said, on one line. To be called once, at the end.
    func takeWords() -> String {
        guard let output else { return "" }
        defer { close(output) }
        let text = String(decoding: MemoryFile.read(output) ?? [], as: UTF8.self).prefix(Self.mostText)
        return text.replacing("mail-serve: error: ", with: "").split(separator: "\n").joined(separator: "; ")
    }
}
