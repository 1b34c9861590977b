/// The pairs of a form (application/x-www-form-urlencoded) or of a query, in their order.
package struct FormPairs: Sendable, Equatable {
    package private(set) var all: [(name: String, value: String)] = []

    package init(_ pairs: [(String, String)] = []) { all = pairs.map { (name: $0.0, value: $0.1) } }

    /// Throws when a pair is not UTF-8 or badly encoded, or there are too many.
    package init(_ octets: [UInt8]) throws(HTTPRefusal) {
        let pieces = octets.split(separator: 0x26)
        guard pieces.count <= HTTPWireLimits.mostPairs else { throw .unreadable("The form has too many fields.") }
        for piece in pieces {
            let sides = piece.split(separator: 0x3d, maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.text(Array(sides[0]), plusIsSpace: true),
                let value = sides.count > 1 ? PercentCoding.text(Array(sides[1]), plusIsSpace: true) : ""
            else { throw .unreadable("The form is not UTF-8.") }
            all.append((name, value))
        }
    }

    package static func == (left: FormPairs, right: FormPairs) -> Bool {
        left.all.elementsEqual(right.all) { $0 == $1 }
    }

    /// The first of that name.
    package subscript(name: String) -> String? { all.first { $0.name == name }?.value }

    package func values(_ name: String) -> [String] { all.filter { $0.name == name }.map(\.value) }

    package var encoded: String {
        all.map { PercentCoding.encoded($0.name) + "=" + PercentCoding.encoded($0.value) }.joined(separator: "&")
    }
}
