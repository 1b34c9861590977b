import Glibc

/// stdout: data only. A reader that has gone away ends the tool quietly, as SIGPIPE would; a full disk is an error of its own.
package final class StandardOutput: @unchecked Sendable {  // one per process, used by one task at a time
    /// 128 + SIGPIPE, what a shell shows for `tool | head -1`.
    static let brokenPipeStatus: Int32 = 141
    private static let blockSize = 65_536

    package static let shared = StandardOutput(descriptor: STDOUT_FILENO)

    private let descriptor: Int32
    private let name: String
    private var pending: [UInt8] = []
    private var isInteractive: Bool

    package init(descriptor: Int32, named name: String = "standard output") {
        self.descriptor = descriptor
        self.name = name
        isInteractive = isatty(descriptor) == 1
    }

    /// Of the terminal it goes to; nil where it goes elsewhere.
    var columns: Int? { isInteractive ? TerminalLook.columns : nil }

    package func write(_ text: String) throws(ToolError) { try write(Array(text.utf8)) }

    package func write(_ bytes: [UInt8]) throws(ToolError) {
        pending += bytes
        if isInteractive || pending.count >= Self.blockSize { try flush() }
    }

    package func flush() throws(ToolError) {
        if isInteractive, !pending.isEmpty { LiveLine.erase() }
        var rest = pending[...]
        pending = []
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                _exit(Self.brokenPipeStatus)
            } else if errno != EINTR {
                let words = String(cString: strerror(errno))
                throw ToolError(.inputOutput, "output", "cannot write to \(name): \(words)")
            }
        }
    }
}

/// stderr: messages, questions, progress. Failures here are nobody's news.
package enum StandardError {
    package static func write(_ text: String) {
        LiveLine.erase()
        writeBare(text)
    }

    static func writeBare(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
