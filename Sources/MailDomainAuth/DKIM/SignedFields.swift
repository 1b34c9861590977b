/// Which fields we sign (RFC 6376 §5.4.1).
enum SignedFields {
    /// Each of them once more than it is there: nobody can add one that readers would take for ours (§8.15).
    private static let sealed = [
        "From", "To", "Cc", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References", "MIME-Version",
        "Content-Type", "Content-Transfer-Encoding",
    ]
    /// As often as they are there: mailing lists and forwarders write their own.
    private static let present = [
        "Sender", "Content-Disposition", "Content-ID", "Resent-From", "Resent-To", "Resent-Cc", "Resent-Date",
        "Resent-Message-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Post", "List-Help",
        "Autocrypt",
    ]
    /// Of one name; honest mail has a few.
    static let mostOfOneName = 20

    static func names(in header: SignedHeader, extra: [String] = []) -> [String] {
        let once = sealed.flatMap { [String](repeating: $0, count: min(count($0, header) + 1, mostOfOneName)) }
        return once
            + (present + extra).flatMap { [String](repeating: $0, count: min(count($0, header), mostOfOneName)) }
    }

    private static func count(_ name: String, _ header: SignedHeader) -> Int { header.fields(name).count }
}
