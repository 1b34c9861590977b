internal import Glibc

/// One end of a conversation with a worker: blocking, with a bound on each wait.
final class PresenceStream {
    private let descriptor: Int32

    init(_ descriptor: Int32, patience: timeval) {
        self.descriptor = descriptor
        var patience = patience
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    }

    deinit { close(descriptor) }

    /// Without its end; nil when none came, or a longer one.
    func readLine(limit: Int) -> String? {
        var line: [UInt8] = []
        var block = [UInt8](repeating: 0, count: limit)
        while line.count < limit {
            let count = recv(descriptor, &block, block.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            line += block.prefix(count)
            if let end = line.firstIndex(of: 0x0a) { return String(decoding: line[..<end], as: UTF8.self) }
        }
        return nil
    }

    /// nil when it stopped in the middle: an answer ends with an empty line.
    func readAll(limit: Int) -> [Substring]? {
        var text: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while text.count < limit {
            let count = recv(descriptor, &block, block.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            text += block.prefix(count)
        }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 2, lines.suffix(2).allSatisfy(\.isEmpty) else { return nil }
        return Array(lines.dropLast(2))
    }

    @discardableResult
    func write(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
