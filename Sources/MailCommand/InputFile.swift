import Glibc
package import MailTool

/// Whole files of lists; `-` is standard input.
package enum InputFile {
    package static let maximumSize = 256 << 20

    package static func bytes(_ path: String) throws(ToolError) -> [UInt8] {
        let handle = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { throw .file(path, errno: errno) }
        defer { if path != "-" { close(handle) } }
        var result: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = block.withUnsafeMutableBytes { read(handle, $0.baseAddress, $0.count) }
            if count == 0 { return result }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file(path, errno: errno) }
            result += block[..<count]
            guard result.count <= maximumSize else { throw .data("\(path) is larger than 256 MiB") }
        }
    }

    /// All of it written, or an error.
    package static func write(_ text: String, to path: String) throws(ToolError) {
        let file = try OutputFile(path)
        try file.write(Array(text.utf8))
        try file.finish()
    }
}
