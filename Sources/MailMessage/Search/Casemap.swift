/// i;unicode-casemap (RFC 5051) for single characters: title case, decomposed.
///
/// We deliberately go on until nothing changes, one step beyond RFC 5051 §2: so that "ﬁle" is found by "file".
enum Casemap {
    fileprivate static let pageSize: UInt32 = 256
    fileprivate static let listMark: UInt32 = 1 << 31

    /// What becomes of the characters of one block: 0 is "itself", a scalar, or a place in `lists`.
    fileprivate struct Table {
        var pages: [[UInt32]?] = Array(repeating: nil, count: 0x1100)
        var lists: [[Unicode.Scalar]] = []
    }

    private static let table = read(CasemapTable.text)

    /// Calls `body` with each scalar that `scalar` becomes.
    static func map(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
        if scalar.value < 0x80 {
            return body((0x61...0x7a).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value) - 0x20) : scalar)
        }
        let entry = table.pages[Int(scalar.value / pageSize)]?[Int(scalar.value % pageSize)] ?? 0
        if entry & listMark != 0 {
            for part in table.lists[Int(entry & ~listMark)] { body(part) }
        } else {
            body(entry == 0 ? scalar : Unicode.Scalar(entry) ?? scalar)
        }
    }

    private static func read(_ text: StaticString) -> Table {
        var table = Table()
        let words = text.withUTF8Buffer {
            $0.split { $0 == 0x20 || $0 == 0x0a }.map { String(decoding: $0, as: UTF8.self) }
        }
        for word in words {
            let sides = word.split(separator: "=")
            guard sides.count == 2 else { continue }
            let source = sides[0].split(separator: "-").compactMap { UInt32($0, radix: 16) }
            let image = sides[1].split(separator: "+").compactMap { UInt32($0, radix: 16) }
            guard let first = source.first, let last = source.last, let target = image.first, first <= last else {
                continue
            }
            for (offset, code) in (first...last).enumerated() {
                table.set(code, image.count == 1 ? [target + UInt32(offset)] : image)
            }
        }
        return table
    }
}

extension Casemap.Table {
    fileprivate mutating func set(_ code: UInt32, _ image: [UInt32]) {
        let page = Int(code / Casemap.pageSize)
        guard page < pages.count, let first = image.first else { return }
        var entries = pages[page] ?? Array(repeating: 0, count: Int(Casemap.pageSize))
        if image.count == 1 {
            entries[Int(code % Casemap.pageSize)] = first
        } else {
            entries[Int(code % Casemap.pageSize)] = Casemap.listMark | UInt32(lists.count)
            lists.append(image.compactMap(Unicode.Scalar.init))
        }
        pages[page] = entries
    }
}
