import Glibc
package import MailTool

/// A file that is whole and durable once `finish` has returned.
package final class OutputFile {
    private let path: String
    private let handle: Int32
    private let output: StandardOutput

    /// `isPrivate`: for nobody but its owner, also where it was there before.
    package init(_ path: String, isPrivate: Bool = false) throws(ToolError) {
        handle = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, isPrivate ? 0o600 : 0o640)
        guard handle >= 0 else { throw .file(path, errno: errno) }
        var status = stat()
        if isPrivate, fstat(handle, &status) == 0, status.st_mode & S_IFMT == S_IFREG { _ = fchmod(handle, 0o600) }
        self.path = path
        output = StandardOutput(descriptor: handle, named: path)
    }

    deinit { close(handle) }

    package func write(_ bytes: [UInt8]) throws(ToolError) { try output.write(bytes) }

    package func finish() throws(ToolError) {
        try output.flush()
        guard fsync(handle) == 0 || errno == EINVAL else { throw .file(path, errno: errno) }
    }
}
