/// Bytes with names in them that may point backwards (RFC 1035 §4.1.4).
struct DNSMessage {
    /// RFC 1035 §2.3.4; also ends names that point in circles.
    private static let longestName = 255

    private let all: [UInt8]

    init(_ bytes: [UInt8]) { all = bytes }

    func bytes(at start: Int, count: Int) -> [UInt8]? {
        guard start >= 0, count >= 0, start <= all.count, count <= all.count - start else { return nil }
        return Array(all[start..<start + count])
    }

    func number16(at start: Int) -> UInt16? {
        bytes(at: start, count: 2).map { UInt16($0[0]) << 8 | UInt16($0[1]) }
    }

    func number32(at start: Int) -> UInt32? {
        guard let high = number16(at: start), let low = number16(at: start + 2) else { return nil }
        return UInt32(high) << 16 | UInt32(low)
    }

    /// Without a final dot; the root is ".". nil also for labels that text cannot show as they are: one with a dot in it would
    /// pass for two.
    func name(at start: Int) -> String? {
        var (labels, place, length): ([String], Int, Int) = ([], start, 0)
        while let first = bytes(at: place, count: 1)?.first {
            if first == 0 { return labels.isEmpty ? "." : labels.joined(separator: ".") }
            if first >= 0xc0 {
                guard let pointer = number16(at: place), Int(pointer & 0x3fff) < place else { return nil }
                place = Int(pointer & 0x3fff)
                length += 1
            } else {
                guard first < 64, let label = bytes(at: place + 1, count: Int(first)) else { return nil }
                guard label.allSatisfy(DNSName.isPlain) else { return nil }
                labels.append(String(decoding: label, as: UTF8.self))
                place += 1 + label.count
                length += 1 + label.count
            }
            guard length <= Self.longestName else { return nil }
        }
        return nil
    }

    func endOfName(at start: Int) -> Int? {
        var place = start
        while let first = bytes(at: place, count: 1)?.first {
            if first == 0 { return place + 1 }
            if first >= 0xc0 { return place + 2 }
            guard first < 64 else { return nil }
            place += 1 + Int(first)
        }
        return nil
    }
}

/// A name that can be asked for.
struct DNSName: Sendable, Hashable {
    /// RFC 1035 §2.3.4, in text.
    private static let longest = 253
    private static let longestLabel = 63

    /// Lower case, without a final dot.
    let text: String

    init?(_ name: String) {
        let text = (name.hasSuffix(".") ? String(name.dropLast()) : name).lowercased()
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.longest,
            labels.allSatisfy({ (1...Self.longestLabel).contains($0.count) && $0.allSatisfy(Self.isPlain) })
        else { return nil }
        self.text = text
    }

    /// RFC 1035 §3.1
    var wire: [UInt8] {
        text.utf8.split(separator: UInt8(ascii: ".")).flatMap { [UInt8(truncatingIfNeeded: $0.count)] + $0 } + [0]
    }

    static func isPlain(_ octet: UInt8) -> Bool { octet > 0x20 && octet < 0x7f && octet != UInt8(ascii: ".") }
}
