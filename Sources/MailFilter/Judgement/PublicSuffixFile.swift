import Glibc
package import MailDomainAuth

/// The public suffix list as a file; Debian has it in the package publicsuffix.
package enum PublicSuffixFile {
    /// Twenty times its size of 2026.
    static let largest = 5_000_000

    /// nil when it cannot be read or holds nothing. Blocking; for the start of a process.
    package static func read(_ path: String) -> PublicSuffixList? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while text.count < largest {
            let count = Glibc.read(descriptor, &piece, piece.count)
            guard count > 0 else { break }
            text += piece.prefix(count)
        }
        let list = PublicSuffixList(text)
        return list.isEmpty ? nil : list
    }
}
