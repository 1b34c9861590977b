import MailAdmin
import MailStore
import MailWire

extension Visit {
    /// What the form before this page has done: `done` in the address is one of these words, or nothing is said.
    func done(_ texts: [String: (english: String, swedish: String)]) -> HTML {
        guard let word = request.target.query["done"], let text = texts[word] else { return "" }
        return "<p class=\"notice good\" role=\"status\">\(words(text.english, text.swedish))</p>\n"
    }
}

extension AdminError {
    /// What a person can do something about; nil: it is for the page that says that nothing works.
    func problem(_ words: Words) -> String? {
        switch self {
        case .store(.overQuota):
            words(
                "There is no room for it: delete something first.",
                "Det finns ingen plats för det: ta bort något först.")
        case .store(.exists):
            words("There is one of that name already.", "Det finns redan ett med det namnet.")
        case .store(.invalid), .store(.overPool), .wrongData:
            words("This cannot be taken as it is.", "Det går inte att ta emot så som det är.")
        case .store(.notPermitted):
            words(
                "This is switched off for your account. Ask your computer support.",
                "Det är avstängt för ditt konto. Fråga din datorsupport.")
        case .noSuch, .exists, .unavailable, .notRunning, .file, .store: nil
        }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
