/// Puts the lines of a server together to replies, within bounds: a server may send anything, for ever.
package struct ReplyAssembler: Sendable {
    /// With CRLF. RFC 5321 §4.5.3.1.5 says 512; servers that explain themselves write more.
    package static let longestLine = 4_096
    package static let mostLines = 256
    package static let largestReply = 65_536

    package enum Fault: Error, Sendable, Equatable { case notAReply, tooManyLines, tooLarge }

    private var lines: [[UInt8]] = []
    private var octets = 0

    package init() {}

    /// Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF — RFC 5321 §4.2
    ///
    /// The reply once its last line has come. Codes that differ between lines are a fault that servers make: the last counts.
    package mutating func add(_ line: [UInt8]) throws(Fault) -> RemoteReply? {
        guard let code = Self.code(of: line) else { throw .notAReply }
        let separator = line.count > 3 ? line[3] : 0x20
        guard separator == 0x20 || separator == 0x2d else { throw .notAReply }
        octets += line.count
        guard octets <= Self.largestReply else { throw .tooLarge }
        lines.append(Array(line.dropFirst(4)))
        guard separator == 0x2d else { return finish(code) }
        guard lines.count < Self.mostLines else { throw .tooManyLines }
        return nil
    }

    private mutating func finish(_ code: Int) -> RemoteReply {
        defer { (lines, octets) = ([], 0) }
        return RemoteReply(code: code, lines: lines)
    }

    /// Reply-code = %x32-35 %x30-35 %x30-39; we let the second digit be any.
    private static func code(of line: [UInt8]) -> Int? {
        guard line.count >= 3, (0x32...0x35).contains(line[0]), line[1].isASCIIDigit,
            line[2].isASCIIDigit
        else {
            return nil
        }
        return line.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
