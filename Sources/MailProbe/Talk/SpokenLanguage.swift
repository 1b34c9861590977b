/// What a first line tells of whoever sent it.
package enum SpokenLanguage: String, Sendable {
    case imap, pop3, smtp, http, ssh, ftp

    package var label: String { rawValue.uppercased() }

    /// nil: none that we know.
    static func spoken(in line: String) -> SpokenLanguage? {
        let folded = line.uppercased()
        if line.hasPrefix("* OK") || line.hasPrefix("* PREAUTH") || line.hasPrefix("* BYE") { return .imap }
        if line.hasPrefix("+OK") || line.hasPrefix("-ERR") { return .pop3 }
        if line.hasPrefix("HTTP/") || folded.hasPrefix("<!DOCTYPE HTML") || folded.hasPrefix("<HTML") { return .http }
        if line.hasPrefix("SSH-") { return .ssh }
        guard SMTPReply(line: line) != nil else { return nil }
        return folded.contains("FTP") && !folded.contains("SMTP") ? .ftp : .smtp
    }
}
