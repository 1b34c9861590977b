import MailAdmin
import MailCrypto
import MailStore
import MailTransport
import MailWire

/// The profile that sets up an iPhone or a Mac, for whoever has logged in.
enum AppleProfilePage {
    static func send(_ visit: Visit) async throws -> HTTPResponse {
        let (entry, settings) = (try visit.owner().entry, visit.settings)
        let features = try await visit.site.store.directory.read { try $0.features(of: entry) }
        let client = ClientSettings(
            entry, features: FeatureLine.lines(features), host: settings.hostName, offers: settings.offers)
        guard let profile = client.mobileconfig else { throw WebError.notFound }
        var response = HTTPResponse(
            .ok, type: "application/x-apple-aspen-config", body: try await signed(Array(profile.utf8), visit))
        response.fields.add("Content-Disposition", "attachment; filename=\"mail.mobileconfig\"")
        return response
    }

    /// The files are read each time: certificates are renewed under a running server.
    private static func signed(_ profile: [UInt8], _ visit: Visit) async throws -> [UInt8] {
        guard let signer = visit.settings.profileSigner else { return profile }
        return try await visit.site.pool.run { try signer.sign(profile) }
    }
}
