internal import Glibc
internal import MailCrypto

/// What a store has beside its databases and must not lose: keys that sign, and the secrets behind rewritten senders and made-up
/// salts. In a backup they are one file, readable by its owner alone as all of a backup is.
struct SecretFiles {
    /// Below the store: files, and a folder of folders.
    static let names = ["salt.secret", "srs.secret"]
    static let folder = "keys"
    static let deepest = 3
    static let mostFiles = 50_000
    static let largestFile: Int64 = 1 << 20
    private static let mark = "posthus files 1"
    private static let longestLine = 1_024

    let root: String

    /// Relative to the store, sorted. Links are not followed.
    func paths() -> [String] {
        var found = Self.names.filter { isFile($0) }
        var folders = [Self.folder]
        for _ in 0..<Self.deepest {
            var below: [String] = []
            for folder in folders {
                for name in StoreFolder.entries(of: "\(root)/\(folder)") where Self.isPlain(name) {
                    let path = "\(folder)/\(name)"
                    isFile(path) ? found.append(path) : below.append(path)
                }
            }
            folders = below
        }
        return found.sorted()
    }

    private func isFile(_ path: String) -> Bool {
        var status = stat()
        return lstat("\(root)/\(path)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// All of them in one piece: a line that says what this is, then for each a line with size and path, and its bytes. What goes
    /// meanwhile is left out.
    func packed() throws -> [UInt8] {
        var bytes = Array((Self.mark + "\n").utf8)
        for path in paths().prefix(Self.mostFiles) {
            guard let size = StoreFolder.size(of: "\(root)/\(path)"), size <= Self.largestFile else { continue }
            let content = try BackupRepository.bytes(of: "\(root)/\(path)")
            bytes += Array("\(content.count) \(path)\n".utf8) + content
        }
        return bytes
    }

    /// Changes when one of them does.
    func stamp() throws -> String { "sha256:" + Hex.encode(MailCrypto.sha256(try packed())) }

    /// Puts them where there are none; throws `.damaged` for what `packed` does not make.
    func unpack(_ bytes: [UInt8], from file: String) throws {
        for (path, content) in try Self.files(in: bytes, of: file) {
            let target = "\(root)/\(path)"
            try StoreFolder.make(StoreFolder.parent(of: target))
            let handle = try FileHandle.create(target)
            try content.withUnsafeBytes { try handle.write($0) }
            try handle.synchronise()
        }
    }

    static func files(in bytes: [UInt8], of file: String) throws -> [(path: String, content: [UInt8])] {
        let damaged = StoreError.damaged(file: file, detail: "it is not what keys are saved as")
        var rest = bytes[...]
        guard line(&rest) == mark else { throw damaged }
        var files: [(String, [UInt8])] = []
        while !rest.isEmpty {
            guard let words = line(&rest)?.split(separator: " ", maxSplits: 1), words.count == 2,
                let size = Int(words[0]), (0...rest.count).contains(size), isOurs(String(words[1])),
                files.count < mostFiles
            else { throw damaged }
            files.append((String(words[1]), Array(rest.prefix(size))))
            rest = rest.dropFirst(size)
        }
        return files
    }

    private static func line(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let end = rest.prefix(longestLine).firstIndex(of: 0x0a) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    /// Nothing outside of what `paths` names.
    private static func isOurs(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1 else { return names.contains(path) }
        return parts.count <= deepest + 1 && parts.first == folder && parts.allSatisfy(isPlain)
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x2f && $0 != 0x7f }
    }
}
