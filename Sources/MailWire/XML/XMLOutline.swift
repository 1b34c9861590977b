/// A small XML document of a stranger: its elements in order, each with its place and its own text. No document type and so no
/// entities but the five, no processing instructions, no CDATA; attributes are read and dropped. The way down is a list, not a
/// recursion.
package struct XMLOutline: Sendable, Equatable {
    package struct Element: Sendable, Equatable {
        /// From the root down, without prefixes.
        package let path: [String]
        /// Without white space at its ends, and without its children's.
        package fileprivate(set) var text = ""
    }

    package private(set) var elements: [Element] = []

    package init(_ octets: [UInt8]) throws(XMLRefusal) {
        guard let text = String(validating: octets, as: UTF8.self) else { throw XMLRefusal("It is not UTF-8.") }
        var scanner = XMLScanner(text)
        try scanner.declaration()
        var open: [Int] = []
        while let piece = try scanner.next() {
            switch piece {
            case .open(let name, let isEmpty):
                guard elements.isEmpty || !open.isEmpty else { throw XMLRefusal("It has two roots.") }
                try begin(name, below: open.last)
                if !isEmpty { open.append(elements.count - 1) }
            case .close(let name):
                guard let last = open.popLast(), elements[last].path.last == name else {
                    throw XMLRefusal("An end has no beginning.")
                }
                elements[last].text = elements[last].text.trimmedSpace
            case .text(let text):
                guard let last = open.last else {
                    guard text.trimmedSpace.isEmpty else { throw XMLRefusal("Text stands outside of the root.") }
                    continue
                }
                elements[last].text += text
            }
        }
        guard open.isEmpty, !elements.isEmpty else { throw XMLRefusal("It has no end.") }
    }

    private mutating func begin(_ name: String, below parent: Int?) throws(XMLRefusal) {
        let path = (parent.map { elements[$0].path } ?? []) + [name]
        guard elements.count < XMLLimits.mostElements, path.count <= XMLLimits.mostLevels else {
            throw XMLRefusal("It has too many elements.")
        }
        elements.append(Element(path: path))
    }

    /// The text of the one element there; nil when there is none, or more than one.
    package func text(at path: [String]) -> String? {
        let found = elements.filter { $0.path == path }
        return found.count == 1 ? found.first?.text : nil
    }
}

/// Why it is no document that is taken here.
package struct XMLRefusal: Error, Sendable, Equatable {
    package let reason: String

    init(_ reason: String) { self.reason = reason }
}

package enum XMLLimits {
    package static let mostElements = 100
    package static let mostLevels = 10
    package static let longestName = 100
    package static let mostAttributes = 20
}

extension String {
    /// Without the white space of XML (§2.3) at both ends.
    fileprivate var trimmedSpace: String {
        guard let first = utf8.firstIndex(where: { !$0.isXMLSpace }),
            let last = utf8.lastIndex(where: { !$0.isXMLSpace })
        else { return "" }
        return String(decoding: utf8[first...last], as: UTF8.self)
    }
}
