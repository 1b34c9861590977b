/// What the sender of a message asked to be told with (RFC 3461 §4.3, §4.4), as it came; empty: nothing.
package struct QueueNotices: Sendable, Equatable {
    package static let none = QueueNotices()
    /// ENVID, in xtext.
    package var envelopeID: String
    /// RET: `FULL` or `HDRS`.
    package var returnPart: String

    package init(envelopeID: String = "", returnPart: String = "") {
        self.envelopeID = envelopeID
        self.returnPart = returnPart
    }
}

/// What the sender asked about one recipient (RFC 3461 §4.1, §4.2); empty: nothing.
package struct QueueNotice: Sendable, Equatable {
    package static let none = QueueNotice()
    /// NOTIFY: `NEVER`, or `SUCCESS`, `FAILURE`, `DELAY` with commas between.
    package var notify: String
    /// ORCPT: `rfc822;xtext`.
    package var original: String

    package init(notify: String = "", original: String = "") {
        self.notify = notify
        self.original = original
    }

    /// RFC 3461 §4.1: who says nothing wants to hear of failures, and may be told of delays.
    package var wantsFailures: Bool { notify.isEmpty || asks("FAILURE") }
    package var wantsDelays: Bool { notify.isEmpty || asks("DELAY") }
    package var wantsSuccess: Bool { asks("SUCCESS") }

    private func asks(_ word: Substring) -> Bool { notify.split(separator: ",").contains(word) }
}
