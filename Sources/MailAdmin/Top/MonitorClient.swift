import Glibc

/// Asks a server's monitor over its UNIX socket: one GET, one answer. Blocking, with a deadline.
package struct MonitorClient: Sendable {
    package struct Answer: Sendable {
        package let status: Int
        package let body: String
    }

    static let longestAnswer = 8 << 20
    static let patience = timeval(tv_sec: 10, tv_usec: 0)

    private let path: String

    package init(store: String) { path = store + "/run/monitor.sock" }

    package func get(_ target: String) throws(AdminError) -> Answer {
        let socket = try connected()
        defer { close(socket) }
        try send("GET \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", to: socket)
        guard let answer = Self.parse(try receive(from: socket)) else {
            throw .wrongData("\(path) does not answer as a monitor does")
        }
        return answer
    }

    /// The status line and what follows the empty line; nil for what is no HTTP answer.
    static func parse(_ bytes: [UInt8]) -> Answer? {
        let text = String(decoding: bytes, as: UTF8.self)
        let words = text.prefix { $0 != "\r\n" }.split(separator: " ")
        guard words.count > 1, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]),
            let end = text.firstRange(ofEmptyLine: ())
        else { return nil }
        return Answer(status: status, body: String(text[end...]))
    }

    private func connected() throws(AdminError) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw .file(path: path, code: ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let made = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard made >= 0 else { throw .file(path: path, code: errno) }
        var patience = Self.patience
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(made, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            close(made)
            throw .file(path: path, code: code)
        }
        return made
    }

    private func send(_ text: String, to socket: Int32) throws(AdminError) {
        let bytes = Array(text.utf8)
        let sent = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard sent == bytes.count else { throw .file(path: path, code: errno) }
    }

    private func receive(from socket: Int32) throws(AdminError) -> [UInt8] {
        var answer: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while answer.count <= Self.longestAnswer {
            let count = block.withUnsafeMutableBytes { read(socket, $0.baseAddress, $0.count) }
            if count == 0 { return answer }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file(path: path, code: errno) }
            answer += block[..<count]
        }
        throw .wrongData("\(path) does not stop answering")
    }
}

extension String {
    /// Behind the header.
    fileprivate func firstRange(ofEmptyLine: Void) -> Index? {
        var wasEnd = false
        for index in indices {
            guard self[index] == "\r\n" else {
                wasEnd = false
                continue
            }
            if wasEnd { return self.index(after: index) }
            wasEnd = true
        }
        return nil
    }
}
