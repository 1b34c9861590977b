extension MailDate {
    /// IMAP's date-time (RFC 9051 §9) without its quotes: ` 1-Feb-2026 10:00:00 +0100`.
    package init?(imapDateTime bytes: some Collection<UInt8>) {
        let text = Array(bytes)
        guard text.count == 26, text[11] == 0x20, text[20] == 0x20, let day = Self.day(text[..<11], padded: true),
            let second = Self.second(text[12..<20]), [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(text[21]),
            let zone = DateFieldParser.numericZone(text[21...])
        else { return nil }
        self.init(day: day, secondOfDay: second, zoneMinutes: zone)
    }

    /// IMAP's date (`1-Feb-2026`) without quotes, as days since 1970-01-01.
    package static func day(imapDate bytes: some Collection<UInt8>) -> Int? { day(Array(bytes)[...], padded: false) }

    // date-text = date-day "-" date-month "-" date-year
    private static func day(_ text: ArraySlice<UInt8>, padded: Bool) -> Int? {
        let fields = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard fields.count == 3, fields[1].count == 3, let month = Calendar.month(named: fields[1]),
            let year = DateFieldParser.number(fields[2], digits: 4...4)
        else { return nil }
        let day = padded && fields[0].first == 0x20 ? fields[0].dropFirst() : fields[0]
        guard let number = DateFieldParser.number(day, digits: 1...2) else { return nil }
        return Calendar.day(year: year, month: month, day: number)
    }

    // time = 2DIGIT ":" 2DIGIT ":" 2DIGIT
    private static func second(_ text: ArraySlice<UInt8>) -> Int? {
        let fields = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let numbers = fields.compactMap { DateFieldParser.number($0, digits: 2...2) }
        guard fields.count == 3, numbers.count == 3, numbers[0] < 24, numbers[1] < 60, numbers[2] <= 60 else {
            return nil
        }
        return numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
    }
}
