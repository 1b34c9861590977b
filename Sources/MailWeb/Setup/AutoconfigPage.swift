import MailAdmin
import MailWire

/// Thunderbird's file and what others made of the idea.
enum AutoconfigPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let domain = try await visit.domain(of: visit.request.target.query["emailaddress"], below: "autoconfig")
        return SetupFile.response(SetupFile.xml, visit.settings.client(of: domain).autoconfig)
    }

    /// draft-ietf-mailmaint-pacc-03
    static func showHosts(_ visit: Visit) async throws -> HTTPResponse {
        let domain = try await visit.domain(of: nil, below: "ua-auto-config")
        guard let text = visit.settings.client(of: domain).userAgentConfiguration else { throw WebError.notFound }
        return SetupFile.response(SetupFile.json, text)
    }

    /// RFC 8461 §3.3: text/plain, at this host and no other.
    static func showPolicy(_ visit: Visit) async throws -> HTTPResponse {
        _ = try await visit.domain(strictlyBelow: "mta-sts")
        return SetupFile.response(SetupFile.plain, visit.settings.policy.text)
    }
}
