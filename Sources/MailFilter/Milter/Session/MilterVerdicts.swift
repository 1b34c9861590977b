extension FilterVerdict {
    static let refusedByFilter = FilterVerdict.refused(code: 550, status: "5.7.1", text: "Refused by a filter")
    static let deferredByFilter = FilterVerdict.deferred(
        code: 451, status: "4.7.1", text: "A filter asks for patience, try again later")
    static let shutByFilter = FilterVerdict.deferred(code: 421, status: "4.7.0", text: "Closing")

    init(_ reply: MilterReplyText) {
        let isFinal = reply.code >= 500
        let text = reply.text.isEmpty ? "Refused by a filter" : reply.text
        let status = reply.status.isEmpty ? (isFinal ? "5.7.1" : "4.7.1") : reply.status
        self =
            isFinal
            ? .refused(code: reply.code, status: status, text: text)
            : .deferred(code: reply.code, status: status, text: text)
    }

    init(_ fallback: MilterPolicy.Default) {
        switch fallback {
        case .accept: self = .accept
        case .tempfail: self = .deferred(code: 451, status: "4.7.1", text: "A filter does not answer, try again later")
        case .reject: self = .refused(code: 550, status: "5.7.1", text: "A filter does not answer")
        }
    }
}
