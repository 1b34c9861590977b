import Glibc

/// Whole files; `-` is standard input.
package enum InputFile {
    /// Of lists.
    package static let maximumSize = 256 << 20
    private static let blockSize = 1 << 16

    package static func bytes(_ path: String, atMost limit: Int = maximumSize) throws(ToolError) -> [UInt8] {
        let handle = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { throw .file(path, errno: errno) }
        defer { if path != "-" { close(handle) } }
        var result: [UInt8] = []
        var block = [UInt8](repeating: 0, count: blockSize)
        while true {
            let count = block.withUnsafeMutableBytes { read(handle, $0.baseAddress, $0.count) }
            if count == 0 { return result }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file(path, errno: errno) }
            result += block[..<count]
            guard result.count <= limit else { throw .data("\(path) is larger than \(size(limit))") }
        }
    }

    private static func size(_ limit: Int) -> String {
        limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit >> 10) KiB"
    }
}

extension InputFile {
    /// A text in UTF-8, read whole.
    package static func text(_ path: String, atMost limit: Int) throws(ToolError) -> String {
        let bytes = try bytes(path, atMost: limit)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .data("\(path) is not UTF-8") }
        return text
    }
}
