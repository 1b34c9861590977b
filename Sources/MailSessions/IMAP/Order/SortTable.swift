import MailMessage
import MailStore
import MailWire

/// What a SORT compares (RFC 5256 §3): one column for each criterion, filled message by message in mailbox order.
struct SortTable: Sendable {
    private(set) var uids: [UInt32] = []
    private var columns: [SortColumn]
    private let scores: [UID: Int]

    /// `scores` for RELEVANCY.
    init(_ criteria: [SortCriterion], scores: [UID: Int] = [:]) {
        columns = criteria.map(SortColumn.init)
        self.scores = scores
    }

    /// Whether the criteria look at anything but dates and sizes.
    static func needsEnvelopes(_ criteria: [SortCriterion]) -> Bool { criteria.contains { $0.key.isText } }

    mutating func add(_ row: OrderedRow) {
        uids.append(row.uid.value)
        let score = scores[row.uid] ?? FuzzyMatch.highest
        for index in columns.indices { columns[index].add(row, score) }
    }

    /// The UIDs in the order asked for; equals stay in mailbox order (RFC 5256 §3, last paragraph of SORT).
    func sorted() -> [UInt32] {
        guard let first = columns.first else { return uids }
        var entries = uids.indices.map { Entry(key: first.weight(of: $0), place: $0) }
        entries.sort { left, right in
            left.key == right.key ? comesFirst(left.place, right.place) : left.key < right.key
        }
        return entries.map { uids[$0.place] }
    }

    private struct Entry {
        let key: UInt64
        let place: Int
    }

    private func comesFirst(_ left: Int, _ right: Int) -> Bool {
        for column in columns {
            let order = column.compare(left, right)
            if order != 0 { return order < 0 }
        }
        return left < right
    }
}

/// The values of one criterion.
private struct SortColumn: Sendable {
    private enum Values: Sendable {
        case numbers([Int64])
        case texts(TextColumn)
    }

    private let criterion: SortCriterion
    private var values: Values

    init(_ criterion: SortCriterion) {
        self.criterion = criterion
        values = criterion.key.isText ? .texts(TextColumn()) : .numbers([])
    }

    mutating func add(_ row: OrderedRow, _ score: Int) {
        switch values {
        case .numbers(var numbers):
            values = .numbers([])  // so that the array is not copied
            numbers.append(criterion.key.number(of: row, score))
            values = .numbers(numbers)
        case .texts(var texts):
            values = .numbers([])
            texts.append(criterion.key.text(of: EnvelopeText(row.envelope)))
            values = .texts(texts)
        }
    }

    /// Orders most pairs at once; where it is equal `compare` decides.
    func weight(of place: Int) -> UInt64 {
        let weight =
            switch values {
            case .numbers(let numbers): UInt64(bitPattern: numbers[place]) ^ (1 << 63)
            case .texts(let texts): texts.weight(of: place)
            }
        return criterion.isReversed ? ~weight : weight
    }

    func compare(_ left: Int, _ right: Int) -> Int {
        let order =
            switch values {
            case .numbers(let numbers): numbers[left] < numbers[right] ? -1 : numbers[left] > numbers[right] ? 1 : 0
            case .texts(let texts): texts.compare(left, right)
            }
        return criterion.isReversed ? -order : order
    }
}

/// Many short texts in one buffer.
struct TextColumn: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]

    mutating func append(_ text: [UInt8]) {
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
    }

    /// The first eight bytes.
    func weight(of place: Int) -> UInt64 {
        var weight: UInt64 = 0
        let range = range(of: place)
        for offset in 0..<8 {
            let index = range.lowerBound + offset
            weight = weight << 8 | (index < range.upperBound ? UInt64(bytes[index]) : 0)
        }
        return weight
    }

    /// i;octet: what begins alike and is shorter comes first.
    func compare(_ left: Int, _ right: Int) -> Int {
        let (one, other) = (range(of: left), range(of: right))
        for offset in 0..<min(one.count, other.count) {
            let (a, b) = (bytes[one.lowerBound + offset], bytes[other.lowerBound + offset])
            if a != b { return a < b ? -1 : 1 }
        }
        return one.count - other.count
    }

    private func range(of place: Int) -> Range<Int> { ends[place]..<ends[place + 1] }
}

extension SortCriterion.Key {
    var isText: Bool {
        switch self {
        case .arrival, .date, .size, .relevancy: false
        case .cc, .from, .subject, .to, .displayFrom, .displayTo: true
        }
    }

    fileprivate func number(of row: OrderedRow, _ score: Int) -> Int64 {
        switch self {
        case .arrival: row.receivedAt
        case .size: row.size
        // The most relevant first (RFC 6203 §5).
        case .relevancy: -Int64(score)
        default: row.sentOrReceived
        }
    }

    /// Folded; empty where there is nothing.
    fileprivate func text(of envelope: EnvelopeText) -> [UInt8] {
        switch self {
        case .subject: CaseFolding.fold(utf8: BaseSubject(envelope.string(.subject) ?? []).text)
        case .from: CaseFolding.fold(utf8: envelope.firstAddress(.from)?.local ?? [])
        case .to: CaseFolding.fold(utf8: envelope.firstAddress(.to)?.local ?? [])
        case .cc: CaseFolding.fold(utf8: envelope.firstAddress(.cc)?.local ?? [])
        case .displayFrom: Self.display(envelope.firstAddress(.from))
        case .displayTo: Self.display(envelope.firstAddress(.to))
        case .arrival, .date, .size, .relevancy: []
        }
    }

    /// RFC 5957 §3: the name as people see it, else the address.
    private static func display(_ address: MailAddress?) -> [UInt8] {
        guard let address else { return [] }
        if let name = address.displayName, !name.isEmpty { return CaseFolding.fold(name) }
        guard !address.domain.isEmpty else { return CaseFolding.fold(utf8: address.local) }
        return CaseFolding.fold(utf8: address.local + [UInt8(ascii: "@")] + address.domain)
    }
}

extension OrderedRow {
    /// RFC 5256 §2.2: a message without a Date that can be read was sent when it came.
    var sentOrReceived: EpochSeconds { sentAt ?? receivedAt }
}
