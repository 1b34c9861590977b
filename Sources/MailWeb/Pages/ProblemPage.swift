import MailWire

/// A sentence instead of a page: no such place, no such request, or nothing can be answered now.
enum ProblemPage {
    static func response(
        _ status: HTTPStatus, _ sentence: String, _ settings: WebSettings, _ words: Words
    ) -> HTTPResponse {
        let title = words("This did not work", "Det gick inte")
        let back = words("To the first page", "Till förstasidan")
        return Frame(title: title, settings: settings, words: words)
            .response(status, "<p class=\"lead\">\(sentence)</p>\n<p><a href=\"/\">\(back)</a></p>")
    }
}
