import Foundation
import Testing

/// A process of `worker-probe` that has said it is ready.
struct RunningProbe {
    private let process = Process()

    init(_ arguments: String...) throws {
        let output = Pipe()
        process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "worker-probe")
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        #expect(output.fileHandleForReading.availableData == Data("ready\n".utf8))
    }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
