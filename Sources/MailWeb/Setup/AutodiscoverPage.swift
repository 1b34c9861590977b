import MailAdmin
import MailMessage
import MailWire

/// Outlook's way (MS-OXDSCLI): an address in XML comes, the settings go. Nobody logs in for it, so every address of a domain
/// is answered alike.
enum AutodiscoverPage {
    private static let place = ["Autodiscover", "Request"]

    static func answer(_ visit: Visit) async throws -> HTTPResponse {
        let address = try address(in: visit.request.body)
        let domain = try await visit.domain(of: address.description, below: "autodiscover")
        return SetupFile.response(
            SetupFile.xml, visit.settings.client(of: domain).autodiscover(for: address.description))
    }

    /// ActiveSync asks in the same way for answers that there are none of here.
    private static func address(in body: [UInt8]) throws(HTTPRefusal) -> EmailAddress {
        let request: XMLOutline
        do throws(XMLRefusal) {
            request = try XMLOutline(body)
        } catch {
            throw HTTPRefusal(.badRequest, "This is no request of Autodiscover. \(error.reason)")
        }
        guard request.text(at: place + ["AcceptableResponseSchema"]) == ClientSettings.outlookSchema else {
            throw HTTPRefusal(.unprocessableContent, "Only Outlook's settings for IMAP, POP and SMTP are given here.")
        }
        guard let address = request.text(at: place + ["EMailAddress"]).flatMap({ EmailAddress($0) }) else {
            throw HTTPRefusal(.badRequest, "The request names no address.")
        }
        return address
    }

    /// The second version knows no IMAP: it only says where the first one is.
    static func point(_ visit: Visit) async throws -> HTTPResponse {
        let query = visit.request.target.query
        let address = query["Email"] ?? visit.request.target.segments.dropFirst(3).first
        _ = try await visit.domain(of: address, below: "autodiscover")
        guard query["Protocol"]?.lowercased() == "autodiscoverv1" else { return unknownProtocol }
        let host = visit.request.fields["Host"] ?? visit.settings.hostName
        return SetupFile.response(SetupFile.json, ClientSettings.autodiscoverPointer(host: host))
    }

    private static var unknownProtocol: HTTPResponse {
        HTTPResponse(
            .badRequest, type: SetupFile.json,
            body: Array(
                (#"{"ErrorCode":"InvalidProtocol","ErrorMessage":"Only AutodiscoverV1 is known here."}"# + "\n").utf8))
    }
}
