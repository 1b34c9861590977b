import MailWire

/// The language links at the foot of every page.
enum LanguageChoice {
    static func choose(_ visit: Visit) -> HTTPResponse {
        let query = visit.request.target.query
        var response = HTTPResponse.redirect(to: Visit.ownPath(query["back"]) ?? "/")
        if let language = query["to"].flatMap(Language.init(rawValue:)) {
            response.fields.add("Set-Cookie", Cookie.language(language))
        }
        return response
    }
}
