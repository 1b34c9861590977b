internal import CResolver
internal import MailNetwork

/// Who is asked, in this order, and whether their word about DNSSEC counts.
struct NameServers: Sendable, Equatable {
    /// As many as resolv.conf(5) names.
    private static let most = 3

    var all: [PeerAddress]
    var areTrusted: Bool

    /// Who names a server believes it.
    init(one server: PeerAddress) { (all, areTrusted) = ([server], true) }

    /// By resolv.conf(5), which alone can say that its servers are believed (trust-ad).
    init() {
        var servers = [cresolver_server](repeating: cresolver_server(), count: Self.most)
        var trusted: Int32 = 0
        let count = cresolver_servers(&servers, Int32(Self.most), &trusted)
        all = servers.prefix(max(0, Int(count))).compactMap(Self.peer)
        areTrusted = trusted != 0
    }

    private static func peer(_ server: cresolver_server) -> PeerAddress? {
        let bytes = withUnsafeBytes(of: server.address) { Array($0.prefix(Int(server.length))) }
        return IPAddress(bytes: bytes).map { PeerAddress(ip: $0, port: server.port) }
    }
}
