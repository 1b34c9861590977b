/// The five kinds of status response (RFC 9051 §7.1).
package enum IMAPStatus: Sendable, Equatable {
    case ok, no, bad, bye, preauth

    var word: StaticString {
        switch self {
        case .ok: "OK"
        case .no: "NO"
        case .bad: "BAD"
        case .bye: "BYE"
        case .preauth: "PREAUTH"
        }
    }
}

extension ReplyWriter {
    /// `tag OK [CODE] text`; untagged without a tag.
    package mutating func status(_ status: IMAPStatus, tag: String? = nil, code: ResponseCode? = nil, _ text: String) {
        if let tag { self.text(tag) } else { raw("*") }
        space()
        raw(status.word)
        space()
        if let code {
            self.code(code)
            space()
        }
        self.text(text)
        endLine()
    }

    /// `+ text`: the client may go on. A challenge is base64 already.
    package mutating func continuation(_ text: String = "go on") {
        raw("+ ")
        self.text(text)
        endLine()
    }

    /// The BAD that a command gets which could not be read.
    package mutating func failure(_ error: IMAPSyntaxError) {
        status(.bad, tag: error.tag, code: error.reason == .limit ? .limit : nil, error.text)
    }
}
