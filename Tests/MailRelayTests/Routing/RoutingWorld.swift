import Foundation
import MailDial
import MailNetwork

@testable import MailRelay

/// Real name servers and policy hosts for the tests of one process; they end with it.
final class RoutingWorld: Sendable {
    struct Failure: Error { let words: String }

    private struct Places: Decodable {
        let resolver: String
        let policyPort: UInt16
        let authorities: String
    }

    static let shared = Result { try RoutingWorld() }
    static let isPossible = ["/usr/sbin/nsd", "/usr/sbin/unbound", "/usr/bin/ldns-signzone"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    let resolver: PeerAddress
    private let policyPort: UInt16
    private let authorities: String
    /// Open as long as this process lives.
    private let input = Pipe()

    private init() throws {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        let tests = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        process.arguments = ["python3", tests.appending(path: "Sending/routing_world.py").path]
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        guard let places = try? JSONDecoder().decode(Places.self, from: output.fileHandleForReading.availableData),
            let resolver = PeerAddress(places.resolver)
        else { throw Failure(words: "no name servers") }
        (self.resolver, policyPort, authorities) = (resolver, places.policyPort, places.authorities)
    }

    func router(_ change: (inout RoutingSettings) -> Void = { _ in }) throws -> Router {
        var settings = RoutingSettings()
        settings.policyPort = policyPort
        settings.authorities = authorities
        settings.ownNames = ["us.example"]
        settings.ownAddresses = [IPAddress(v4: 0xc000_024d)]
        change(&settings)
        return try Router(settings: settings, names: NameService(server: resolver))
    }
}

extension RouteAnswer {
    /// `mx1.example:25 2001:db8::1 192.0.2.1 opportunistic; …`, or status and reason.
    var words: String {
        switch self {
        case .hops(let hops): hops.map(\.words).joined(separator: "; ")
        case .refused(let status, let reason), .deferred(let status, let reason): "\(status) \(reason)"
        }
    }
}

extension NextHop {
    fileprivate var words: String {
        let places = addresses.map(\.description).joined(separator: " ")
        return "\(host):\(port) \(places) \(tls.words)"
            + (policy.map { $0.kind == .none ? "" : " (\($0.kind.rawValue))" } ?? "")
    }
}

extension TLSDemand {
    fileprivate var words: String {
        switch self {
        case .clear: "clear"
        case .opportunistic: "opportunistic"
        case .tested(let names): "tested=" + names.joined(separator: ",")
        case .encrypted: "encrypted"
        case .verified(let names): "verified=" + names.joined(separator: ",")
        case .implicit(let names): "implicit=" + names.joined(separator: ",")
        case .dane(let records, let names):
            "dane=\(records.map { "\($0.usage)\($0.selector)\($0.matching)" }.joined(separator: ",")) "
                + names.joined(separator: ",")
        }
    }
}
