import Foundation
import Glibc
import MailTransport

struct Finished {
    let status: Int32
    let output: String
    let errors: String
}

let pool = BlockingPool(threads: 8)

/// Runs a shell command with this input; blocks, and ends by itself after 20 seconds. Through files: Foundation's pipes
/// trap when a signal interrupts them.
@discardableResult
func run(_ command: String, input: String = "") throws -> Finished {
    let base = NSTemporaryDirectory() + "run-\(UUID().uuidString)"
    defer { for end in ["in", "out", "err"] { unlink("\(base).\(end)") } }
    try input.write(toFile: "\(base).in", atomically: false, encoding: .utf8)
    let whole = "exec <\(base).in >\(base).out 2>\(base).err; \(command)"
    var arguments: [UnsafeMutablePointer<CChar>?] =
        ["timeout", "20", "sh", "-c", whole].map { (text: String) in strdup(text) } + [nil]
    defer { arguments.forEach { free($0) } }
    var pid = pid_t()
    guard posix_spawnp(&pid, "timeout", nil, nil, &arguments, environ) == 0 else {
        return Finished(status: -1, output: "", errors: "")
    }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    func text(_ end: String) -> String {
        String(decoding: FileManager.default.contents(atPath: "\(base).\(end)") ?? Data(), as: UTF8.self)
    }
    return Finished(status: status >> 8 & 0xff, output: text("out"), errors: text("err"))
}

/// The same without blocking Swift's threads.
func runAside(_ command: String, input: String = "") async throws -> Finished {
    try await pool.run { try run(command, input: input) }
}
