import MailWire

/// What a person is told instead of a page.
enum WebError: Error, Sendable, Equatable {
    case notFound
    case methodNotAllowed(String)
    /// The form came from another site, or from a page that is too old.
    case foreignForm
    case storeIsDown
    /// Somebody may see it, and not change it.
    case notToBeChanged
}

extension Visit {
    func page(of error: WebError) -> HTTPResponse {
        switch error {
        case .notFound:
            return problem(.notFound, words("There is no such page here.", "Den sidan finns inte här."))
        case .methodNotAllowed(let allowed):
            var response = problem(
                .methodNotAllowed, words("This page takes no such request.", "Sidan tar inte emot en sådan begäran."))
            response.fields.add("Allow", allowed)
            return response
        case .foreignForm:
            return problem(
                .forbidden,
                words(
                    "The form is too old, or came from another site. Nothing was changed. Open the page again and fill it in once more.",
                    "Formuläret är för gammalt eller kom från en annan webbplats. Inget har ändrats. Öppna sidan igen och fyll i den en gång till."
                ))
        case .notToBeChanged:
            return problem(
                .forbidden,
                words(
                    "You can look at this account, but not change it. Nothing was changed.",
                    "Du kan se det här kontot men inte ändra det. Inget har ändrats."))
        case .storeIsDown:
            return problem(
                .unavailable,
                words(
                    "The mail system cannot answer just now. Nothing is lost; please try again in a few minutes.",
                    "E-postsystemet kan inte svara just nu. Inget har gått förlorat; försök igen om några minuter."))
        }
    }

    func page(of refusal: HTTPRefusal) -> HTTPResponse { ProblemPage.response(refusal, site.settings, words) }

    private func problem(_ status: HTTPStatus, _ sentence: String) -> HTTPResponse {
        ProblemPage.response(status, sentence, site.settings, words)
    }
}
