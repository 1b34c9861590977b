import Glibc

/// An error as its reader meets it: what is wrong, what to do, and how the tool ends.
package struct ToolError: Error, Sendable, Equatable {
    package let status: ExitStatus
    /// Stable, for scripts: `account_not_found`.
    package let identifier: String
    package let message: String
    package let hint: String?

    package init(_ status: ExitStatus, _ identifier: String, _ message: String, hint: String? = nil) {
        self.status = status
        self.identifier = identifier
        self.message = message
        self.hint = hint
    }

    package static func usage(_ message: String, hint: String? = nil) -> ToolError {
        ToolError(.usage, "usage", message, hint: hint)
    }

    package static func data(_ message: String, hint: String? = nil) -> ToolError {
        ToolError(.data, "data", message, hint: hint)
    }

    package static let interrupted = ToolError(.interrupted, "interrupted", "interrupted; nothing was changed")

    /// With the system's words for `code`.
    package static func file(_ path: String, errno code: Int32) -> ToolError {
        let status: ExitStatus
        switch code {
        case ENOENT, ENOTDIR, EISDIR: status = .noInput
        case EEXIST, ENOTEMPTY: status = .cannotCreate
        case EACCES, EPERM: status = .permission
        default: status = .inputOutput
        }
        return ToolError(status, "file", "\(path): \(String(cString: strerror(code)))")
    }
}

/// The command has said all there is to say; only the code is left.
package struct ToolExit: Error, Sendable, Equatable {
    package let status: ExitStatus
    package init(_ status: ExitStatus) { self.status = status }
}
