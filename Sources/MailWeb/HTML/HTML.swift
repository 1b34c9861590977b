/// Markup that is safe to send: what is written in the source stands as it is, and every text that comes in by interpolation
/// is escaped. So a name of `<script>` is shown, never run.
package struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    package private(set) var text: String

    package init(stringLiteral text: String) { self.text = text }
    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    package static let nothing: HTML = ""

    package struct Interpolation: StringInterpolationProtocol, Sendable {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

        package mutating func appendLiteral(_ literal: String) { text += literal }
        package mutating func appendInterpolation(_ value: String) { text += HTML.escaped(value) }
        package mutating func appendInterpolation(_ value: some BinaryInteger) { text += "\(value)" }
        package mutating func appendInterpolation(_ value: HTML?) { text += value?.text ?? "" }
        package mutating func appendInterpolation(_ values: [HTML]) { for value in values { text += value.text } }
    }

    package static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }

    /// For text and for attribute values in double quotes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar.isShown ? scalar : "\u{fffd}")
            }
        }
        return result
    }
}

extension Unicode.Scalar {
    /// Controls, and marks that turn the direction of the text around them, are not shown as they are.
    fileprivate var isShown: Bool {
        if properties.generalCategory == .control { return self == "\n" || self == "\t" }
        return !(0x202a...0x202e).contains(value) && !(0x2066...0x2069).contains(value)
    }
}
