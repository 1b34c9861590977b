import Glibc

/// `worker-probe JOB ARGUMENTS...`: says "ready" and does its job until it is done or killed.
@main enum Probe {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            try await run(arguments.first, Array(arguments.dropFirst()))
        } catch {
            let text = Array("worker-probe: \(error)\n".utf8)
            write(STDERR_FILENO, text, text.count)
            exit(1)
        }
    }

    private static func run(_ job: String?, _ arguments: [String]) async throws {
        switch job {
        case "words": try await WordsJob.run(arguments)
        case "failures": try await FailuresJob.run(arguments)
        case "appends": try await AppendsJob.run(arguments)
        case "index": try await IndexJob.run(arguments)
        case "claims": try await ClaimsJob.run(arguments)
        default: throw ProbeError("no such job")
        }
    }

    static func ready() { say("ready") }

    /// Seen by whoever started this process, even when it is killed right after.
    static func say(_ line: String) {
        let text = Array("\(line)\n".utf8)
        write(STDOUT_FILENO, text, text.count)
    }
}

struct ProbeError: Error {
    let text: String

    init(_ text: String) { self.text = text }
}
