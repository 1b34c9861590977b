/// A line that answers our `+` instead of beginning a command.
package enum ContinuationLine {
    /// DONE ends IDLE (RFC 9051 §6.3.13).
    package static func isDone(_ line: [UInt8]) -> Bool {
        line.count == 4 && line.elementsEqual("DONE".utf8) { $0.asciiUppercased == $1 }
    }

    /// A lone asterisk gives up AUTHENTICATE (RFC 9051 §6.2.2).
    package static func isCancellation(_ line: [UInt8]) -> Bool { line == [UInt8(ascii: "*")] }
}
