import Glibc

/// What a client shows an OpenID provider: the first line of a file of the operator's.
package enum ClientSecret {
    private static let longest = 4_096

    /// nil where it cannot be read.
    @Sendable package static func read(_ path: String) -> String? {
        let handle = open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return nil }
        defer { close(handle) }
        var bytes = [UInt8](repeating: 0, count: longest)
        let count = Glibc.read(handle, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return String(validating: bytes.prefix(count).prefix { $0 != 0x0a && $0 != 0x0d }, as: UTF8.self)
    }
}
