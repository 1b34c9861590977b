/// The structure of one message: its parts with their places and headers, not their bodies.
package struct ParsedMessage: Sendable {
    package let size: Int
    /// In the order of their headers; index 0 is the message itself. Never empty.
    package let parts: [Part]
    package let root: Part

    package init(_ bytes: [UInt8]) {
        var parser = MessageParser()
        parser.consume(bytes)
        self = parser.finish()
    }

    init(size: Int, parts: [Part]) {
        self.size = size
        self.parts = parts
        self.root = parts.first ?? Part.empty
    }

    package var header: Header { root.header }

    /// The parts directly inside one part.
    package func children(of part: Part) -> [Part] { part.children.compactMap(part(index:)) }

    func part(index: Int) -> Part? { parts.indices.contains(index) ? parts[index] : nil }
}
