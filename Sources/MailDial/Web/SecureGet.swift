package import MailNetwork

/// One small file over HTTPS from, or to, a host that proves its name: no redirects, no more octets and no more time than allowed.
///
/// We deliberately speak HTTP/1.0: without chunks and kept connections the answer ends where it ends.
package struct SecureGet: Sendable {
    package enum Failure: Error, Sendable, Equatable {
        case unreachable(String)
        /// The certificate is not the host's, or nobody vouches for it.
        case untrusted(String)
        /// What was said is no file: the status, or words.
        case refused(String)
    }

    static let longestHead = 16_384
    private static let standardPort: UInt16 = 443
    private static let oldestVersion = TLSVersion.tls12

    package let trust: TLSTrust
    package let host: String
    package let port: UInt16
    package let path: String
    /// Octets of the file.
    package let largest: Int

    package init(trust: TLSTrust, host: String, port: UInt16, path: String, largest: Int) {
        self.trust = trust
        self.host = host
        self.port = port
        self.path = path
        self.largest = largest
    }

    package struct File: Sendable, Equatable {
        /// In lower case, without parameters.
        package let type: String
        package let octets: [UInt8]
        /// Of the answer that it came with.
        package fileprivate(set) var status = 200

        package init(type: String, octets: [UInt8]) { (self.type, self.octets) = (type, octets) }
    }

    /// Blocking. The first address that takes the connection answers.
    package func fetch(at addresses: [IPAddress], by deadline: Deadline) throws(Failure) -> File {
        let file = try ask(request("GET"), [], connect(to: addresses, by: deadline), by: deadline)
        guard file.status == 200 else { throw .refused("HTTP status \(file.status)") }
        return file
    }

    /// Blocking. Hands a file over (POST); what is answered does not matter where it is a success.
    package func deliver(_ file: File, at addresses: [IPAddress], by deadline: Deadline) throws(Failure) {
        let head = request("POST", "Content-Type: \(file.type)\r\nContent-Length: \(file.octets.count)\r\n")
        let answer = try ask(head, file.octets, connect(to: addresses, by: deadline), by: deadline)
        guard (200..<300).contains(answer.status) else { throw .refused("HTTP status \(answer.status)") }
    }

    /// Blocking. What is answered, whatever its status: to GET, or to POST where there is something to send. `fields` go with
    /// the request as they are; whoever makes them lets no line break in.
    package func exchange(
        _ file: File? = nil, fields: [(name: String, value: String)] = [], at addresses: [IPAddress],
        by deadline: Deadline
    ) throws(Failure) -> File {
        let more = fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        let channel = try connect(to: addresses, by: deadline)
        guard let file else { return try ask(request("GET", more), [], channel, by: deadline) }
        let head = request(
            "POST", more + "Content-Type: \(file.type)\r\nContent-Length: \(file.octets.count)\r\n")
        return try ask(head, file.octets, channel, by: deadline)
    }

    private func connect(to addresses: [IPAddress], by deadline: Deadline) throws(Failure) -> Channel {
        var words = "no address"
        for (index, address) in addresses.enumerated() {
            let share = deadline.millisecondsLeft / max(1, addresses.count - index)
            do {
                return try Channel.connect(
                    to: PeerAddress(ip: address, port: port), by: deadline.within(milliseconds: share))
            } catch {
                words = error.words
            }
        }
        throw .unreachable(words)
    }

    private func ask(
        _ head: String, _ body: [UInt8], _ channel: Channel, by deadline: Deadline
    ) throws(Failure) -> File {
        do throws(HandshakeFailure) {
            try channel.encrypt(TLSOffer(trust: trust, host: host), by: deadline)
        } catch {
            throw .unreachable(error.words)
        }
        guard let facts = channel.tls?.facts, facts.isVerified else {
            throw .untrusted("the certificate does not prove that it is \(host)")
        }
        guard facts.version >= Self.oldestVersion else { throw .untrusted("\(facts.version) is too old") }
        return try answer(octets(from: channel, asked: head, body, by: deadline))
    }

    private func octets(
        from channel: Channel, asked head: String, _ body: [UInt8], by deadline: Deadline
    ) throws(Failure) -> [UInt8] {
        do {
            try channel.write(Array(head.utf8) + body, by: deadline)
            return try channel.readAll(limit: Self.longestHead + largest, by: deadline)
        } catch .tooLong {
            throw .refused("the file is larger than \(largest) octets")
        } catch {
            throw .unreachable(error.words)
        }
    }

    func request(_ method: String, _ fields: String = "") -> String {
        // RFC 9110 §7.2: with the port where it is not that of the scheme.
        let authority = port == Self.standardPort ? host : "\(host):\(port)"
        return "\(method) \(path) HTTP/1.0\r\nHost: \(authority)\r\nAccept: */*\r\nUser-Agent: posthus/1\r\n\(fields)"
            + "Connection: close\r\n\r\n"
    }

    func answer(_ octets: [UInt8]) throws(Failure) -> File {
        guard let end = octets.firstRange(of: Array("\r\n\r\n".utf8)), end.lowerBound <= Self.longestHead else {
            throw .refused("the answer is not HTTP")
        }
        let lines = octets[..<end.lowerBound].split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
        let words = lines.first?.split(whereSeparator: { $0 == " " || $0 == "\r" }) ?? []
        guard words.first?.hasPrefix("HTTP/1.") == true, let digits = words.dropFirst().first, digits.utf8.count == 3,
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let status = Int(digits)
        else { throw .refused("the answer is not HTTP") }
        let file = Array(octets[end.upperBound...])
        guard file.count <= largest else { throw .refused("the file is larger than \(largest) octets") }
        let length = Self.field("content-length", of: lines).flatMap { Int($0) }
        guard length.map({ $0 == file.count }) ?? true else { throw .refused("the file is cut") }
        let type = Self.field("content-type", of: lines)?.prefix { $0 != ";" && $0 != " " } ?? ""
        var result = File(type: type.lowercased(), octets: file)
        result.status = status
        return result
    }

    private static func field(_ name: String, of lines: [String]) -> String? {
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == name else { continue }
            return String(parts[1].drop { $0 == " " || $0 == "\t" }.prefix { $0 != "\r" })
        }
        return nil
    }
}
