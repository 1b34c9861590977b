/// Reads a Date field by the look of its words, so that their order and most mistakes do not matter.
struct DateFieldParser {
    /// RFC 5322 §4.3; other letters mean "-0000".
    private static let zones: [String: Int] = [
        "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
        "cet": 60, "cest": 120, "met": 60, "mest": 120, "bst": 60, "jst": 540, "msk": 180,
    ]
    private static let maximumLength = 1_000

    private let bytes: [UInt8]
    private var day: Int?
    private var month: Int?
    private var year: Int?
    private var secondOfDay: Int?
    private var zone: Int?

    init(_ bytes: [UInt8]) { self.bytes = Array(bytes.prefix(Self.maximumLength)) }

    mutating func parse() -> MailDate? {
        for word in words() { take(word) }
        guard let day, let month, let year, let number = Calendar.day(year: year, month: month, day: day) else {
            return nil
        }
        // A date without a time is still worth having.
        return MailDate(day: number, secondOfDay: secondOfDay ?? 0, zoneMinutes: zone ?? 0)
    }

    /// Cut at white space, commas, comments, before signs, and at the hyphens of `23-Nov-2026`.
    private func words() -> [ArraySlice<UInt8>] {
        var words: [ArraySlice<UInt8>] = []
        var start = 0
        var depth = 0
        for (index, byte) in bytes.enumerated() {
            let opens = byte == UInt8(ascii: "(")
            let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            guard opens || isSign || depth > 0 || ByteClass.isSpace(byte) || byte == UInt8(ascii: ",") else { continue }
            if depth == 0, start < index { words.append(bytes[start..<index]) }
            if opens { depth += 1 }
            if byte == UInt8(ascii: ")"), depth > 0 { depth -= 1 }
            start = isSign && depth == 0 && isZone(at: index) ? index : index + 1
        }
        if depth == 0, start < bytes.count { words.append(bytes[start...]) }
        return words
    }

    /// A sign begins a zone when the time is before it: `10:00:00-0800` as well as `10:00:00 -0800`.
    private func isZone(at index: Int) -> Bool {
        bytes[..<index].contains(UInt8(ascii: ":")) && index + 1 < bytes.count && ByteClass.isDigit(bytes[index + 1])
    }

    private mutating func take(_ word: ArraySlice<UInt8>) {
        guard let first = word.first else { return }
        if word.contains(UInt8(ascii: ":")) {
            secondOfDay = secondOfDay ?? Self.time(word)
        } else if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
            zone = Self.numericZone(word)
        } else if ByteClass.isDigit(first) {
            takeNumber(word)
        } else if month == nil, let month = Calendar.month(named: word) {
            self.month = month
        } else if secondOfDay != nil, zone == nil, word.allSatisfy(ByteClass.isLetter) {
            zone = Self.zones[String(decoding: word.map(\.asciiLowercased), as: UTF8.self)] ?? 0
        }
    }

    private mutating func takeNumber(_ word: ArraySlice<UInt8>) {
        guard let number = Self.number(word.prefix { ByteClass.isDigit($0) }, digits: 1...4) else { return }
        if day == nil, word.count <= 2 || !ByteClass.isDigit(word[word.startIndex + 2]) {
            day = number
        } else if year == nil {
            year = Self.fullYear(number, digits: word.prefix { ByteClass.isDigit($0) }.count)
        }
    }

    // RFC 5322 §4.3: 00-49 are 20xx, 50-99 and all of three digits are counted from 1900.
    private static func fullYear(_ number: Int, digits: Int) -> Int {
        switch digits {
        case 4: number
        case 3: number + 1900
        default: number < 50 ? number + 2000 : number + 1900
        }
    }

    // time-of-day = hour ":" minute [ ":" second ]
    private static func time(_ word: ArraySlice<UInt8>) -> Int? {
        let fields = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(fields.count), let hour = number(fields[0], digits: 1...2), hour < 24,
            let minute = number(fields[1], digits: 1...2), minute < 60
        else { return nil }
        let whole = fields.count == 3 ? fields[2].prefix { $0 != UInt8(ascii: ".") } : [UInt8(ascii: "0")][...]
        guard let second = number(whole, digits: 1...2), second <= 60 else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    static func numericZone(_ word: ArraySlice<UInt8>) -> Int? {
        guard let value = number(word.dropFirst(), digits: 4...4), value % 100 < 60 else { return nil }
        let minutes = value / 100 * 60 + value % 100
        return word.first == UInt8(ascii: "-") ? -minutes : minutes
    }

    static func number(_ digits: ArraySlice<UInt8>, digits length: ClosedRange<Int>) -> Int? {
        guard length.contains(digits.count), digits.allSatisfy(ByteClass.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
