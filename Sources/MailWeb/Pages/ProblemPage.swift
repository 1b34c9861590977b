import MailWire

/// A sentence instead of a page: no such place, no such request, or nothing can be answered now.
enum ProblemPage {
    static func response(
        _ status: HTTPStatus, _ sentence: String, _ settings: WebSettings, _ words: Words, details: HTML = ""
    ) -> HTTPResponse {
        let title = words("This did not work", "Det gick inte")
        let back = words("To the first page", "Till förstasidan")
        return Frame(title: title, settings: settings, words: words)
            .response(status, "<p class=\"lead\">\(sentence)</p>\n\(details)<p><a href=\"/\">\(back)</a></p>")
    }

    /// What a person can make of it, and below it the reason for whoever wrote the client.
    static func response(_ refusal: HTTPRefusal, _ settings: WebSettings, _ words: Words) -> HTTPResponse {
        response(
            refusal.status, sentence(refusal.status, words), settings, words,
            details: "<p lang=\"en\">\(refusal.reason)</p>\n")
    }

    private static func sentence(_ status: HTTPStatus, _ words: Words) -> String {
        switch status {
        case .contentTooLarge, .uriTooLong, .fieldsTooLarge:
            words("The browser sent more than is taken here.", "Webbläsaren skickade mer än vad som tas emot här.")
        case .requestTimeout:
            words(
                "The browser took too long. Please try again.", "Det tog för lång tid för webbläsaren. Försök igen.")
        default:
            words(
                "The server does not understand what the browser sent.",
                "Servern förstår inte vad webbläsaren skickade.")
        }
    }
}
