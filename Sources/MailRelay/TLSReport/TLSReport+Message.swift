import Glibc
internal import MailCrypto
internal import MailTransport

extension TLSReport {
    private static let lineLength = 76

    /// RFC 8460 §5.3, with gzip as §5.2 recommends.
    func message(to recipients: [String], from sender: String, at now: Int64) -> [UInt8] {
        let boundary = "=_\(Hex.encode(MailCrypto.sha256(Array(id.utf8)).prefix(12)))"
        let packed = Gzip.packed(Array(json.utf8))
        let suffix = packed == nil ? ".json" : ".json.gz"
        let name = [submitter, domain, String(start), String(end)].joined(separator: "!") + suffix
        let lines = [
            "From: <\(sender)>", "To: \(recipients.map { "<\($0)>" }.joined(separator: ", "))",
            "Subject: Report Domain: \(domain) Submitter: \(submitter)\r\n Report-ID: <\(id)>",
            "Date: \(Self.mailDate(now))", "Message-ID: <\(id)>", "Auto-Submitted: auto-generated",
            "TLS-Report-Domain: \(domain)", "TLS-Report-Submitter: \(submitter)", "TLS-Required: No",
            "MIME-Version: 1.0", "Content-Type: multipart/report; report-type=\"tlsrpt\";\r\n boundary=\"\(boundary)\"",
            "",
            "--\(boundary)", "Content-Type: text/plain; charset=us-ascii", "",
            "This is a report about encrypted connections (RFC 8460)", "from \(submitter) to hosts of \(domain),",
            "\(Self.moment(start)) to \(Self.moment(end)).", "",
            "--\(boundary)", "Content-Type: application/tlsrpt+\(packed == nil ? "json" : "gzip")",
            "Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment;\r\n filename=\"\(name)\"", "",
        ]
        let body = Self.wrapped(Base64.encode(packed ?? Array(json.utf8)))
        return Array((lines + body + ["--\(boundary)--", ""]).joined(separator: "\r\n").utf8)
    }

    private static func wrapped(_ text: String) -> [String] {
        var (lines, rest): ([String], Substring) = ([], text[...])
        while !rest.isEmpty {
            lines.append(String(rest.prefix(lineLength)))
            rest = rest.dropFirst(lineLength)
        }
        return lines
    }

    /// RFC 5322 §3.3
    private static func mailDate(_ seconds: Int64) -> String {
        var (time, parts) = (time_t(seconds), tm())
        gmtime_r(&time, &parts)
        var text = [CChar](repeating: 0, count: 64)
        // The C locale's names: nothing here calls setlocale.
        strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S +0000", &parts)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
