import Glibc

/// Who listens on a port, as far as /proc shows it to us.
package enum PortOwner {
    /// The name of our own processes: workers of a supervisor that died give their ports back in a moment.
    package static let ourName = "mail-serve"

    package struct Found: Sendable, Equatable, CustomStringConvertible {
        package let name: String
        package let pid: Int32

        /// `"master" (pid 612)`.
        package var description: String { "\"\(name)\" (pid \(pid))" }
    }

    package static func find(port: Int) -> Found? {
        let inodes = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap { listening(on: port, in: $0) }
        guard !inodes.isEmpty else { return nil }
        let wanted = Set(inodes.map { "socket:[\($0)]" })
        for process in names("/proc") where process.allSatisfy(\.isNumber) {
            for descriptor in names("/proc/\(process)/fd") {
                guard let target = link("/proc/\(process)/fd/\(descriptor)"), wanted.contains(target) else { continue }
                let name = text("/proc/\(process)/comm").prefix { $0 != "\n" }
                return Found(name: String(name), pid: Int32(process) ?? 0)
            }
        }
        return nil
    }

    private static func listening(on port: Int, in table: String) -> [String] {
        let hex = String(port, radix: 16, uppercase: true)
        let suffix = ":" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        return text(table).split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[1].hasSuffix(suffix), fields[3] == "0A" else { return nil }
            return String(fields[9])
        }
    }

    private static func names(_ folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.filter { !$0.hasPrefix(".") }
    }

    private static func link(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.bindMemory(to: CChar.self).baseAddress.map { readlink(path, $0, bytes.count) } ?? -1
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    private static func text(_ path: String) -> String {
        guard let handle = fopen(path, "rb") else { return "" }
        defer { fclose(handle) }
        var result: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&block, 1, block.count, handle), count > 0 { result += block[..<count] }
        return String(decoding: result, as: UTF8.self)
    }
}
