/// status-code = class "." subject "." detail — RFC 3463 §2, as it begins the text of a reply (RFC 2034 §4).
struct EnhancedStatus: Equatable, CustomStringConvertible {
    let description: String
    /// Octets of the line up to the text proper.
    let length: Int

    /// Nil unless it begins the line and its class is that of the reply's code: others would contradict it.
    init?(at line: [UInt8], class expected: Int) {
        guard let first = line.first, Int(first) == 0x30 + expected else { return nil }
        var place = 1
        for _ in 0..<2 {
            guard place < line.count, line[place] == 0x2e else { return nil }
            let digits = line[(place + 1)...].prefix(4).prefix(while: \.isASCIIDigit).count
            guard (1...3).contains(digits) else { return nil }
            place += 1 + digits
        }
        guard place == line.count || line[place] == 0x20 else { return nil }
        description = String(decoding: line[..<place], as: UTF8.self)
        length = min(line.count, place + 1)
    }

    /// What a code means where nothing more exact was said (RFC 5248 §2.4 has the pairs).
    static func meaning(of code: Int) -> String {
        let known = meanings[code] ?? "0.0"
        return "\(code / 100).\(known)"
    }

    private static let meanings = [
        421: "3.2", 422: "2.2", 432: "7.12", 450: "2.0", 451: "3.0", 452: "3.1", 454: "7.0", 455: "5.4",
        500: "5.2", 501: "5.4", 502: "5.1", 503: "5.1", 504: "5.4", 521: "3.2", 523: "3.4", 530: "7.0",
        534: "7.9",
        535: "7.8", 538: "7.11", 550: "0.0", 551: "1.6", 552: "2.2", 553: "1.3", 554: "0.0", 555: "5.4",
        556: "1.10",
    ]
}
