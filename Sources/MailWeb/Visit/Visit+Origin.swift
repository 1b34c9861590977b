import MailCrypto
import MailStore
import MailWire

/// Whether a form is one of ours: its origin, and a secret that only our page of this session knew.
extension Visit {
    /// Every browser says from which site a form is sent (Origin, or Sec-Fetch-Site); what says nothing is no browser, and has
    /// no cookie of ours unless its user gave it one.
    func checkOrigin() throws(WebError) {
        if let origin = request.fields["Origin"] {
            guard let host = request.fields["Host"], origin.lowercased() == "https://" + host.lowercased() else {
                throw foreign()
            }
        } else if let site = request.fields["Sec-Fetch-Site"], site != "same-origin" {
            throw foreign()
        }
    }

    func checkForm() throws {
        let secret = try owner().session.formSecret
        let form = try request.form()
        guard let sent = form[Self.secretName],
            constantTimeEquals(Array(sent.utf8), Array(secret.utf8))
        else { throw foreign() }
    }

    /// For the forms of our pages.
    var hiddenSecret: HTML {
        guard let secret = person?.session.formSecret else { return "" }
        return "<input type=\"hidden\" name=\"\(Self.secretName)\" value=\"\(secret)\">\n"
    }

    private static let secretName = "form"

    private func foreign() -> WebError {
        site.note(WebEvent(.forged, self))
        return .foreignForm
    }
}
