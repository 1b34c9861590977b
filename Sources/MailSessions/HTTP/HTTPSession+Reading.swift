import MailTransport
import MailWeb
import MailWire

/// From octets to a request, within bounds of size and time.
extension HTTPSession {
    /// nil: the client is gone, or wants nothing more. Empty lines before a request are skipped (RFC 9112 §2.2).
    func readHead() async throws -> HTTPRequestHead? {
        for _ in 0..<Self.mostEmptyLines {
            guard let line = try await readLine(limit: HTTPWireLimits.longestRequestLine, begun: false) else {
                return nil
            }
            if line.isEmpty { continue }
            connection.setDeadline(seconds: Self.requestSeconds)
            var head = try HTTPRequestHead(line: line)
            while let field = try await readLine(limit: HTTPWireLimits.longestField, begun: true) {
                guard !field.isEmpty else {
                    try head.check()
                    return head
                }
                try head.add(line: field)
            }
            return nil
        }
        throw HTTPRefusal(.badRequest, "Empty lines are no request.")
    }

    /// A bare LF ends no line here: what stands behind it could be taken for another request.
    private func readLine(limit: Int, begun: Bool) async throws -> [UInt8]? {
        do {
            guard let line = try await connection.readLine(limit: limit + 2, continuing: begun) else { return nil }
            guard line.terminator == .crlf, !line.bytes.contains(0x0d) else {
                throw HTTPRefusal(.badRequest, "Lines end with CR and LF.")
            }
            return line.bytes
        } catch let error as ConnectionError {
            switch error {
            case .lineTooLong, .endlessLine:
                throw HTTPRefusal(begun ? .fieldsTooLarge : .uriTooLong, "A line is too long.")
            default: throw error
            }
        }
    }

    /// Whole, within the site's limit: what is larger is refused before it comes.
    func readBody(of head: HTTPRequestHead) async throws -> [UInt8] {
        defer { connection.setDeadline(seconds: nil) }
        let length = try HTTPBodyLength(head)
        if case .known(let count) = length { try check(count) }
        if length != .known(0), head.expectsContinue { connection.write("HTTP/1.1 100 Continue\r\n\r\n") }
        return switch length {
        case .known(let count): try await octets(count)
        case .chunked: try await chunks()
        }
    }

    private func check(_ count: Int) throws(HTTPRefusal) {
        guard count <= WebLimits.largestBody else {
            throw HTTPRefusal(.contentTooLarge, "This is more than a form of this site can hold.")
        }
    }

    private func octets(_ count: Int) async throws -> [UInt8] {
        var body: [UInt8] = []
        while body.count < count {
            guard let chunk = try await connection.readChunk(max: count - body.count) else {
                throw ConnectionError.closed
            }
            body += chunk
        }
        return body
    }

    /// RFC 9112 §7.1. Trailers are read and dropped.
    private func chunks() async throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let size = try HTTPBodyLength.chunkSize(try await nextLine(HTTPWireLimits.longestChunkLine))
            guard size > 0 else { break }
            try check(size)
            try check(body.count + size)
            body += try await octets(size)
            guard try await octets(2) == [0x0d, 0x0a] else {
                throw HTTPRefusal(.badRequest, "A chunk has another size.")
            }
        }
        var trailers = 0
        while trailers <= HTTPWireLimits.largestHead {
            let line = try await nextLine(HTTPWireLimits.longestField)
            guard !line.isEmpty else { return body }
            trailers += line.count
        }
        throw HTTPRefusal(.fieldsTooLarge, "The request has too many trailers.")
    }

    private func nextLine(_ limit: Int) async throws -> [UInt8] {
        guard let line = try await readLine(limit: limit, begun: true) else { throw ConnectionError.closed }
        return line
    }
}
