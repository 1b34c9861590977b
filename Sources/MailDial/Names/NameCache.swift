/// What was answered, for as long as the answers say, in bounded memory: two halves, of which the older one goes as a whole when
/// the newer one is full. What is asked for now and then moves to the newer half.
struct NameCache {
    struct Key: Hashable, Sendable {
        let kind: DNSRecord.Kind
        let name: String
    }

    struct Entry: Sendable {
        let answer: NameAnswer
        let expiry: Deadline
    }

    /// Of one entry beside its records.
    private static let overhead = 200

    private let mostEntries: Int
    private let mostOctets: Int
    private var newer: [Key: Entry] = [:]
    private var older: [Key: Entry] = [:]
    private var octets = 0

    init(mostEntries: Int, mostOctets: Int) {
        (self.mostEntries, self.mostOctets) = (mostEntries, mostOctets)
    }

    var count: Int { newer.count + older.count }

    mutating func answer(to key: Key) -> NameAnswer? {
        if let entry = newer[key] {
            guard entry.expiry.hasPassed else { return entry.answer }
            newer[key] = nil
            return nil
        }
        guard let entry = older.removeValue(forKey: key), !entry.expiry.hasPassed else { return nil }
        insert(entry, for: key)
        return entry.answer
    }

    mutating func remember(_ answer: NameAnswer, to key: Key, seconds: UInt32) {
        guard seconds > 0 else { return }
        older[key] = nil
        insert(Entry(answer: answer, expiry: .after(milliseconds: Int(seconds) * 1_000)), for: key)
    }

    private mutating func insert(_ entry: Entry, for key: Key) {
        let size = Self.size(of: entry.answer) + key.name.utf8.count
        if newer.count >= mostEntries / 2 || octets + size > mostOctets / 2 {
            older = newer
            newer = [:]
            octets = 0
        }
        newer[key] = entry
        octets += size
    }

    private static func size(of answer: NameAnswer) -> Int {
        answer.records.reduce(overhead) { sum, record in
            switch record {
            case .text(let text), .alias(let text), .pointer(let text), .mail(_, let text),
                .service(_, _, _, let text), .certificate(_, _, _, let text):
                sum + text.utf8.count + 32
            case .address, .authority: sum + 32
            }
        }
    }
}
