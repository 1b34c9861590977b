import Glibc

/// `worker-probe JOB ARGUMENTS...`: says "ready" and does its job until it is done or killed.
@main enum Probe {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            guard let name = arguments.first, let job = jobs[name] else { throw ProbeError("no such job") }
            try job(Array(arguments.dropFirst()))
        } catch {
            let text = Array("worker-probe: \(error)\n".utf8)
            write(STDERR_FILENO, text, text.count)
            exit(1)
        }
    }

    private static let jobs: [String: @Sendable ([String]) throws -> Void] = [
        "words": WordsJob.run, "failures": FailuresJob.run,
    ]

    static func ready() {
        print("ready")
        fflush(nil)
    }
}

struct ProbeError: Error {
    let text: String

    init(_ text: String) { self.text = text }
}
