internal import MailNetwork

/// One question to the servers, until one of them answers it or the time is over. Blocking.
struct NameExchange {
    private static let rounds = 2
    /// A server that answers at all does so within that; the other ones want their turn.
    private static let shortestTry = 500
    static let mostStrangers = 32

    enum Outcome: Sendable, Equatable {
        case answered(DNSResponse)
        case failed(String)
    }

    let servers: NameServers
    let deadline: Deadline

    func ask(_ question: DNSQuestion) -> Outcome {
        var reason = servers.all.isEmpty ? "no name server is known" : "the name server does not answer"
        let count = servers.all.count * Self.rounds
        for (index, server) in (0..<Self.rounds).flatMap({ _ in servers.all }).enumerated() {
            guard !deadline.hasPassed else { break }
            let share = max(Self.shortestTry, deadline.millisecondsLeft / max(1, count - index))
            switch ask(question, server, by: deadline.within(milliseconds: share)) {
            case .answered(let response): return .answered(response)
            case .failed(let words): reason = words
            }
        }
        return .failed(reason)
    }

    private func ask(_ question: DNSQuestion, _ server: PeerAddress, by moment: Deadline) -> Outcome {
        do {
            var response = try datagram(question, server, isExtended: true, by: moment)
            if response?.code == .malformedQuestion {
                response = try datagram(question, server, isExtended: false, by: moment)
            }
            if response?.isCut == true { response = try stream(question, server, by: moment) }
            return response.map(Self.judged) ?? .failed("the name server sends nonsense")
        } catch .timedOut, .refused {
            return .failed("the name server does not answer")
        } catch {
            return .failed("the name server: \(error.words)")
        }
    }

    private static func judged(_ response: DNSResponse) -> Outcome {
        switch response.code {
        case .done, .noSuchName: .answered(response)
        case .serverFailure: .failed("the name server could not find out (SERVFAIL)")
        case .refused: .failed("the name server refuses to answer")
        case .malformedQuestion, .other: .failed("the name server does not take the question")
        }
    }

    /// Whoever guesses the port and sends something else is not heard. nil: nonsense, or too many strangers.
    private func datagram(
        _ question: DNSQuestion, _ server: PeerAddress, isExtended: Bool, by moment: Deadline
    ) throws(DialFailure) -> DNSResponse? {
        let socket = try DatagramSocket(to: server)
        try socket.write(question.bytes(isExtended: isExtended))
        for _ in 0..<Self.mostStrangers {
            let bytes = try socket.read(by: moment)
            if let response = DNSResponse(bytes, to: question) { return response }
            guard !Self.isMeant(bytes, question) else { return nil }
        }
        return nil
    }

    /// RFC 1035 §4.2.2
    private func stream(
        _ question: DNSQuestion, _ server: PeerAddress, by moment: Deadline
    ) throws(DialFailure) -> DNSResponse? {
        let channel = Channel(try Socket.connect(to: server, by: moment))
        let bytes = question.bytes(isExtended: true)
        try channel.write([UInt8(bytes.count >> 8), UInt8(bytes.count & 0xff)] + bytes, by: moment)
        let length = try channel.read(2, by: moment).reduce(0) { $0 << 8 | Int($1) }
        let response = DNSResponse(try channel.read(length, by: moment), to: question)
        return response?.isCut == true ? nil : response
    }

    /// From the server itself, though nobody can read it: waiting longer brings nothing.
    private static func isMeant(_ bytes: [UInt8], _ question: DNSQuestion) -> Bool {
        DNSMessage(bytes).number16(at: 0) == question.id
    }
}
