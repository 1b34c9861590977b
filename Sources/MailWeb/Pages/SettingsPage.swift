import MailWire

/// What to type into a mail program, or to let it read.
enum SettingsPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let words = visit.words
        let content: HTML = """
            <p class="lead">\(words(
                "Give your program your address and your mail password. If it asks for more, this is what it wants to know.",
                "Ge programmet din adress och ditt e-postlösenord. Frågar det efter mer är det detta det vill veta."))</p>
            \(SettingsTable(visit).html)
            \(ProgramGuides.html(GuideValues(visit)))
            """
        return visit.frame(words("Settings for mail programs", "Inställningar för e-postprogram")).response(content)
    }
}
