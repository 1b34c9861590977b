import MailCrypto
package import MailTool

/// Reading values that may be anything.
extension JSONValue {
    package var string: String? { if case .text(let text) = self { text } else { nil } }
    package var int: Int? { if case .integer(let number) = self { Int(exactly: number) } else { nil } }
    package var bool: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    package var items: [JSONValue]? { if case .list(let items) = self { items } else { nil } }
    var hex: [UInt8]? { string.flatMap { Hex.decode($0.utf8) } }
    /// Milliseconds.
    var span: Duration? { int.map { .milliseconds($0) } }

    var bytes: [UInt8] { Array(compact.utf8) }
    static func number(_ number: some BinaryInteger) -> JSONValue { .integer(Int64(clamping: number)) }
}
