import MailMessage

/// RFC 6409 §8.2, §8.3: a submitted message without Date or Message-ID gets them.
struct MessageCompletion {
    let now: EpochSeconds
    let id: String
    let host: String

    func fields(missingIn scan: HeaderScan) -> [UInt8] {
        var text = ""
        if !scan.hasDate { text += "Date: \(MailDate(seconds: now).headerText)\r\n" }
        if !scan.hasMessageID { text += "Message-ID: <\(id)@\(host)>\r\n" }
        return Array(text.utf8)
    }
}
