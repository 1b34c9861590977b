import MailFilter
import MailWire

extension SMTPError {
    /// A filter's refusal in SMTP's words; nil where it lets the message pass, wherever to.
    init?(_ verdict: FilterVerdict) {
        switch verdict {
        case .accept, .junk, .discard, .quarantine: return nil
        case .deferred(let code, let status, let text), .refused(let code, let status, let text):
            let lines = [text.isEmpty ? "Refused" : text]
            self.init(SMTPReply(code, EnhancedCode(status: status), lines))
        }
    }
}

extension EnhancedCode {
    /// Of `5.7.1` the last two: the first is the reply code's own.
    fileprivate init?(status: String) {
        let parts = status.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        self.init(parts[1], parts[2])
    }
}
