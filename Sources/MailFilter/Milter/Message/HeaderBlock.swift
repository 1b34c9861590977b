/// The header of a message as a list that can be changed.
package struct HeaderBlock: Sendable, Equatable {
    /// A header beyond this is not filtered but refused; Postfix keeps 100 kB of one.
    package static let largest = 1 << 20
    package static let mostFields = 30_000

    package private(set) var fields: [HeaderField]
    /// The empty line behind them; nothing where the message ends before it.
    package private(set) var separator: [UInt8]

    package init(fields: [HeaderField], separator: [UInt8] = [0x0d, 0x0a]) {
        self.fields = fields
        self.separator = separator
    }

    package var bytes: [UInt8] { fields.flatMap(\.raw) + separator }

    /// So many fields stay above it; at the end where there are not so many.
    package mutating func insert(_ field: HeaderField, at place: Int) {
        let positions = fields.indices.filter { fields[$0].isField }
        fields.indices.last.map { fields[$0].endLine() }
        fields.insert(field, at: positions.dropFirst(max(0, place)).first ?? fields.endIndex)
    }

    package mutating func append(_ field: HeaderField) { insert(field, at: .max) }

    /// Replaces the nth field of a name, counted from 1, or removes it. A new one that has none to replace is added.
    package mutating func change(nth: Int, named name: [UInt8], to field: HeaderField?) {
        let found = fields.indices.filter { fields[$0].isNamed(name) }.dropFirst(max(0, nth - 1)).first
        switch (found, field) {
        case (let place?, let field?): fields[place] = field
        case (let place?, nil): fields.remove(at: place)
        case (nil, let field?): append(field)
        case (nil, nil): break
        }
    }

    package mutating func removeAll(where isUnwanted: (HeaderField) -> Bool) { fields.removeAll(where: isUnwanted) }

    /// For a body that follows a header which had none.
    mutating func separate() {
        fields.indices.last.map { fields[$0].endLine() }
        if separator.isEmpty { separator = [0x0d, 0x0a] }
    }
}
