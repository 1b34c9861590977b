/// One command of RFC 1939 and its extensions, as parsed; whether it is allowed now is the session's business.
package enum POP3Command: Hashable, Sendable {
    case user([UInt8])
    case pass([UInt8])
    case apop
    case auth(mechanism: String?, initialResponse: [UInt8]?)
    case stat
    case list(POP3MessageNumber?)
    case uidl(POP3MessageNumber?)
    case retr(POP3MessageNumber)
    case top(POP3MessageNumber, lines: Int)
    case dele(POP3MessageNumber)
    case noop
    case rset
    case quit
    case capa
    case stls
    case utf8
}

/// A message's place in the maildrop, from 1; fixed for the length of a session (RFC 1939 §5).
package struct POP3MessageNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: Int

    package init?(_ value: Int) {
        guard value > 0 else { return nil }
        self.value = value
    }

    package var index: Int { value - 1 }
    package var description: String { String(value) }
    package static func < (left: POP3MessageNumber, right: POP3MessageNumber) -> Bool { left.value < right.value }
}

package enum POP3Limits {
    /// RFC 2449 §4 allows 255; UTF-8 names and passwords may need more.
    package static let commandLine = 1_024
    /// One line of a SASL exchange (RFC 5034 §4 leaves it to the mechanism; RFC 4954 names this number).
    package static let saslLine = 12_288
    package static let numberDigits = 10
}
