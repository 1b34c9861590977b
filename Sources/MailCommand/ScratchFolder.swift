import Glibc
package import MailTool

/// A folder of the command's own that goes with it.
package struct ScratchFolder {
    package let path: String

    /// Below `parent`, else below TMPDIR or /tmp.
    package init(in parent: String? = nil) throws(ToolError) {
        let above = parent ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var name = Array("\(above)/posthus-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw .file(above, errno: errno) }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Links are removed, not followed.
    package func remove() {
        var folders = [path]
        var next = 0
        while next < folders.count {
            for entry in Self.entries(of: folders[next]) {
                if entry.isFolder { folders.append(entry.path) } else { unlink(entry.path) }
            }
            next += 1
        }
        for folder in folders.reversed() { rmdir(folder) }
    }

    private static func entries(of folder: String) -> [(path: String, isFolder: Bool)] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var entries: [(path: String, isFolder: Bool)] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            entries.append(("\(folder)/\(name)", entry.pointee.d_type == UInt8(DT_DIR)))
        }
        return entries
    }
}
