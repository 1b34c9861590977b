/// How full an account is, as a bar and in words.
struct QuotaMeter {
    let used: Int64
    let limit: Int64?
    let words: Words

    var html: HTML {
        guard let limit else {
            return
                "<p>\(words("\(words.size(used)) used; there is no limit.", "\(words.size(used)) används; det finns ingen gräns."))</p>"
        }
        let percent = limit > 0 ? min(999, used.multipliedReportingOverflow(by: 100).partialValue / limit) : 100
        let text = words(
            "\(words.size(used)) of \(words.size(limit)) used (\(percent) %)",
            "\(words.size(used)) av \(words.size(limit)) används (\(percent) %)")
        return """
            <p id="space">\(text)</p>
            <meter min="0" max="100" high="80" optimum="0" value="\(min(100, percent))" aria-labelledby="space"></meter>
            """
    }
}
