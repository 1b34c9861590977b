import Glibc
package import MailTool

/// The other side of the control socket: asks a running server and waits for its answer.
package enum ControlCall {
    private static let longestAnswer = 1_048_576

    /// Nil as `timeout`: as long as it takes. Throws what the server refuses, or why it cannot be asked.
    package static func ask(
        _ request: ControlRequest, store: String, timeout: Duration? = nil
    ) throws(RequestRefusal) -> JSONValue {
        let socket = try connect(store)
        defer { close(socket) }
        let line = Array(request.rawValue.utf8) + [0x0a]
        _ = send(socket, line, line.count, Int32(MSG_NOSIGNAL))
        guard let json = try? JSONParser.parse(try answer(socket, until: timeout.map { Uptime.now() + $0 })) else {
            throw RequestRefusal(.unavailable, "no_answer", "the server ended without an answer")
        }
        if let refusal = RequestRefusal(json) { throw refusal }
        return json
    }

    private static func connect(_ store: String) throws(RequestRefusal) -> Int32 {
        let absent = RequestRefusal(.unavailable, "not_running", "no mail-serve runs on \(store)")
        guard let name = try? ControlName(store: store) else {
            if errno == EACCES { throw .stranger }
            throw absent
        }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw RequestRefusal(.internalError, "socket", SystemFailure("socket").description)
        }
        guard name.withAddress({ Glibc.connect(descriptor, $0, $1) }) == 0 else {
            let code = errno
            close(descriptor)
            if code == EACCES { throw .stranger }
            throw absent
        }
        return descriptor
    }

    private static func answer(_ descriptor: Int32, until deadline: Duration?) throws(RequestRefusal) -> [UInt8] {
        var result: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while result.count < longestAnswer {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let wait = deadline.map { Int32(clamping: max(0, ($0 - Uptime.now()).milliseconds)) } ?? -1
            let ready = poll(&entry, 1, wait)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { throw RequestRefusal(.tryAgain, "timeout", "no answer within the time") }
            let count = recv(descriptor, &block, block.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return result }
            result += block.prefix(count)
        }
        return result
    }
}
