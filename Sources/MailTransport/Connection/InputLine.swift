package enum LineTerminator: Sendable, Equatable { case crlf, lf }

/// One line without its terminator; a bare CR stays in `bytes`. What a bare LF means is for the session to say.
package struct InputLine: Sendable, Equatable {
    package let bytes: [UInt8]
    package let terminator: LineTerminator

    package init(bytes: [UInt8], terminator: LineTerminator) {
        self.bytes = bytes
        self.terminator = terminator
    }
}

package enum LineOrSignal: Sendable, Equatable {
    case line(InputLine)
    /// `Connection.signal()` was called since the last read; several calls are one signal.
    case signal
    /// The peer will send no more.
    case closed
}
