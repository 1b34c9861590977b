internal import MailCrypto
internal import MailNetwork

/// The records of a message, one section after the other.
struct DNSWalk {
    struct Entry: Sendable {
        let owner: String
        let type: UInt16
        let seconds: UInt32
        /// nil: of a kind that nobody here asks for, or malformed.
        let record: DNSRecord?
    }

    private static let headerLength = 10
    /// RFC 2181 §8: a TTL with the highest bit is none.
    private static let mostSeconds: UInt32 = 0x7fff_ffff

    private let message: DNSMessage
    private var place: Int

    init(_ message: DNSMessage, at place: Int) { (self.message, self.place) = (message, place) }

    /// nil: too many, or cut off, or senseless.
    mutating func read(_ count: UInt16?, upTo most: Int) -> [Entry]? {
        guard let count, count <= most else { return nil }
        var entries: [Entry] = []
        for _ in 0..<count {
            guard let entry = next() else { return nil }
            entries.append(entry)
        }
        return entries
    }

    private mutating func next() -> Entry? {
        guard let owner = message.name(at: place)?.lowercased(), let fixed = message.endOfName(at: place),
            let type = message.number16(at: fixed), let seconds = message.number32(at: fixed + 4),
            let length = message.number16(at: fixed + 8)
        else { return nil }
        let data = fixed + Self.headerLength
        guard let bytes = message.bytes(at: data, count: Int(length)) else { return nil }
        place = data + bytes.count
        let record = DNSRecord.Kind(rawValue: Int32(type)).flatMap { self.record($0, at: data, bytes) }
        return Entry(owner: owner, type: type, seconds: seconds > Self.mostSeconds ? 0 : seconds, record: record)
    }

    private func record(_ kind: DNSRecord.Kind, at data: Int, _ bytes: [UInt8]) -> DNSRecord? {
        switch kind {
        case .a: bytes.count == 4 ? IPAddress(bytes: bytes).map { .address($0) } : nil
        case .aaaa: bytes.count == 16 ? IPAddress(bytes: bytes).map { .address($0) } : nil
        case .cname: message.name(at: data).map { .alias($0) }
        case .ptr: message.name(at: data).map { .pointer($0) }
        case .mx: mail(at: data)
        case .srv: service(at: data)
        case .soa: authority(at: data)
        case .txt: text(bytes)
        case .tlsa: certificate(bytes)
        }
    }

    private func mail(at data: Int) -> DNSRecord? {
        guard let preference = message.number16(at: data), let host = message.name(at: data + 2) else { return nil }
        return .mail(preference: preference, host: host)
    }

    private func service(at data: Int) -> DNSRecord? {
        guard let priority = message.number16(at: data), let weight = message.number16(at: data + 2),
            let port = message.number16(at: data + 4), let host = message.name(at: data + 6)
        else { return nil }
        return .service(priority: priority, weight: weight, port: port, host: host)
    }

    private func authority(at data: Int) -> DNSRecord? {
        guard let mailbox = message.endOfName(at: data), let numbers = message.endOfName(at: mailbox),
            let minimum = message.number32(at: numbers + 16)
        else { return nil }
        return .authority(negativeSeconds: minimum)
    }

    private func text(_ bytes: [UInt8]) -> DNSRecord? {
        var (rest, all): (ArraySlice<UInt8>, [UInt8]) = (bytes[...], [])
        while let length = rest.popFirst() {
            guard rest.count >= Int(length) else { return nil }
            all += rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
        }
        return .text(String(decoding: all, as: UTF8.self))
    }

    private func certificate(_ bytes: [UInt8]) -> DNSRecord? {
        guard bytes.count > 3 else { return nil }
        return .certificate(
            usage: bytes[0], selector: bytes[1], matching: bytes[2], data: Hex.encode(bytes.dropFirst(3)))
    }
}
