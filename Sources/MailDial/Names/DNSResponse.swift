/// A server's answer to one question, read strictly: what is malformed anywhere is no answer.
struct DNSResponse: Sendable, Equatable {
    /// RFC 1035 §4.1.1 and RFC 6895 §2.3.
    enum Code: Sendable, Equatable {
        case done, noSuchName, malformedQuestion, serverFailure, refused
        case other(UInt8)

        init(_ number: UInt8) {
            self =
                switch number {
                case 0: .done
                case 1: .malformedQuestion
                case 2: .serverFailure
                case 3: .noSuchName
                case 5: .refused
                default: .other(number)
                }
        }
    }

    private static let headerLength = 12
    static let mostRecords = 500
    /// RFC 1034 §3.6.2 says that one should do; recursive servers stop at about as many.
    static let longestChain = 8

    let code: Code
    /// The answer did not fit: it has to be asked for by TCP.
    let isCut: Bool
    /// The resolver says that DNSSEC proves it (RFC 4035 §3.2.3).
    let isAuthentic: Bool
    /// Where the chain of aliases ends.
    private(set) var owner: String
    /// The chain ends at a name that this server did not look up.
    private(set) var isUnfinished = false
    /// What that name has of the kind that was asked for, each once.
    private(set) var records: [DNSRecord] = []
    /// How long all of it may be remembered; of a negative answer nil where no SOA record says so.
    private(set) var seconds: UInt32?

    /// nil: not the answer to this question, or not readable.
    init?(_ bytes: [UInt8], to question: DNSQuestion) {
        let message = DNSMessage(bytes)
        guard bytes.count >= Self.headerLength, message.number16(at: 0) == question.id,
            let flags = message.number16(at: 2), flags & 0xf800 == 0x8000, message.number16(at: 4) == 1,
            let start = Self.end(of: question, in: message)
        else { return nil }
        code = Code(UInt8(flags & 15))
        isCut = flags & 0x0200 != 0
        isAuthentic = flags & 0x20 != 0
        owner = question.name.text
        guard !isCut else { return }
        var walk = DNSWalk(message, at: start)
        guard let answers = walk.read(message.number16(at: 6), upTo: Self.mostRecords),
            follow(answers, question.kind)
        else { return nil }
        guard records.isEmpty else { return }
        guard let authorities = walk.read(message.number16(at: 8), upTo: Self.mostRecords) else { return nil }
        noteAbsence(authorities)
    }

    /// The question comes back as it was asked, or this answers another one.
    private static func end(of question: DNSQuestion, in message: DNSMessage) -> Int? {
        guard let name = message.name(at: headerLength), name.lowercased() == question.name.text,
            let end = message.endOfName(at: headerLength), message.number16(at: end) == question.kind.number,
            message.number16(at: end + 2) == 1
        else { return nil }
        return end + 4
    }

    /// From alias to alias to what was asked for; false when they lead in a circle or contradict each other.
    private mutating func follow(_ answers: [DNSWalk.Entry], _ kind: DNSRecord.Kind) -> Bool {
        for _ in 0...Self.longestChain {
            let here = answers.filter { $0.owner == owner }
            let found = here.filter { $0.type == kind.number }
            guard found.allSatisfy({ $0.record != nil }) else { return false }
            remember(found)
            for record in found.compactMap(\.record) where !records.contains(record) { records.append(record) }
            guard found.isEmpty, kind != .cname else { return true }
            let aliases = here.filter { $0.type == DNSRecord.Kind.cname.number }
            guard let first = aliases.first else { return true }
            guard aliases.count == 1, case .alias(let target) = first.record else { return false }
            remember(aliases)
            owner = target.lowercased()
            isUnfinished = !answers.contains { $0.owner == owner }
        }
        return false
    }

    /// All of it lives as long as its shortest-lived part.
    private mutating func remember(_ entries: [DNSWalk.Entry]) {
        for entry in entries { seconds = min(seconds ?? .max, entry.seconds) }
    }

    private mutating func noteAbsence(_ authorities: [DNSWalk.Entry]) {
        // A name server in the authority section and no SOA: the server knows whom to ask, and did not (RFC 2308 §2.2).
        let isKnown = authorities.contains { $0.type == DNSRecord.Kind.soa.number }
        if isKnown || code != .done { isUnfinished = false }
        for entry in authorities {
            guard case .authority(let negative) = entry.record else { continue }
            seconds = min(seconds ?? .max, entry.seconds, negative)
        }
    }
}
