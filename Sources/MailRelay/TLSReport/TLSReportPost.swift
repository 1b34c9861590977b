internal import MailDial
internal import MailNetwork
internal import MailTransport

/// Hands reports over by HTTPS (RFC 8460 §3, §5.4).
struct TLSReportPost: Sendable {
    private static let patience = 20_000
    /// Of what the other side answers, which nobody reads.
    private static let largestAnswer = 65_536
    private static let port: UInt16 = 443

    let names: NameService
    let trust: TLSTrust

    /// False where it was not taken.
    func send(_ report: TLSReport, to place: TLSReportAddress.WebPlace) async -> Bool {
        let addresses = await HostAddresses.of(place.host, names, prefersIPv6: true).all
        // A record of a stranger must not make this server talk to itself.
        guard !addresses.isEmpty, !addresses.contains(where: \.isLoopback) else { return false }
        let plain = Array(report.json.utf8)
        let file =
            Gzip.packed(plain).map { SecureGet.File(type: "application/tlsrpt+gzip", octets: $0) }
            ?? SecureGet.File(type: "application/tlsrpt+json", octets: plain)
        let post = SecureGet(
            trust: trust, host: place.host, port: Self.port, path: place.path, largest: Self.largestAnswer)
        return await BlockingThread.run {
            (try? post.deliver(file, at: addresses, by: .after(milliseconds: Self.patience))) != nil
        }
    }
}
