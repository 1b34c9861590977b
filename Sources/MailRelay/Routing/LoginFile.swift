import Glibc

/// Name and password for a smart host: the first and the second line of a file that only its owner reads.
enum LoginFile {
    private static let largest = 4_096

    struct Fault: Error, Sendable, Equatable { let words: String }

    static func read(_ path: String) throws(Fault) -> RelayLogin {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Fault(words: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o007 == 0 else {
            throw Fault(words: "everybody may read it; chmod o= \(path)")
        }
        var block = [UInt8](repeating: 0, count: largest)
        let count = Glibc.read(descriptor, &block, block.count)
        guard count >= 0 else { throw Fault(words: String(cString: strerror(errno))) }
        let lines = block.prefix(count).split(separator: 0x0a, omittingEmptySubsequences: false).map(text)
        guard lines.count >= 2, !lines[0].isEmpty, !lines[1].isEmpty else {
            throw Fault(words: "it needs the name in its first line and the password in its second")
        }
        return RelayLogin(user: lines[0], password: lines[1])
    }

    private static func text(_ line: ArraySlice<UInt8>) -> String {
        String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
    }
}
