import MailStore
import MailWire

/// RFC 3461's parameters in the words the queue keeps.
extension QueueNotices {
    init(_ parameters: MailParameters) {
        self.init(envelopeID: parameters.envelopeID ?? "", returnPart: parameters.dsnReturn?.rawValue ?? "")
    }
}

extension QueueNotice {
    private static let words: [(DSNNotify, String)] = [
        (.success, "SUCCESS"), (.failure, "FAILURE"), (.delay, "DELAY"),
    ]

    init(_ parameters: RcptParameters) {
        let notify = parameters.notify.map { notify in
            let wanted = Self.words.filter { notify.contains($0.0) }.map(\.1)
            return wanted.isEmpty ? "NEVER" : wanted.joined(separator: ",")
        }
        self.init(notify: notify ?? "", original: parameters.originalRecipient ?? "")
    }
}
