import MailAdmin
import MailMessage
import MailStore

/// One figure over some time as bars: a sentence that says the most important, the bars, and all of it as a table. Pure.
struct Chart {
    /// How the parts make a whole: added up, or the last one that is known.
    enum Whole: Sendable { case sum, last }

    struct Point: Sendable, Equatable {
        let at: EpochSeconds
        let value: Int64
    }

    /// In units of the drawing, which is stretched to the width there is.
    private static let (width, height) = (600, 100)

    /// Unlike that of any other chart on the page.
    let id: String
    let title: String
    let points: [Point]
    let whole: Whole
    /// The last that somebody has counted: parts in which nobody looked are drawn as nothing.
    var lastKnown: Int64 = 0
    let words: Words
    var text: @Sendable (Int64) -> String
    /// A part is a day or longer: only the day is written.
    let isByDays: Bool

    var html: HTML {
        let columns = [words("From", "Från"), title]
        let rows = points.map { point -> HTML in
            "<tr><th scope=\"row\">\(moment(point.at))</th><td>\(text(point.value))</td></tr>\n"
        }
        return """
            <figure class="chart"><figcaption id="\(id)"><strong>\(title)</strong>: \(summary)</figcaption>
            \(drawing)
            <p class="axis" aria-hidden="true"><span>\(points.first.map { moment($0.at) } ?? "")</span><span>\(points.last.map { moment($0.at) } ?? "")</span></p>
            <details><summary>\(words("As a table", "Som tabell"))<span class="hidden">: \(title)</span></summary>
            \(Grid(label: title, columns: columns, rows: rows).html)</details></figure>

            """
    }

    var summary: String {
        guard let most = points.max(by: { $0.value < $1.value }), most.value > 0 else {
            return words("nothing yet.", "inget än.")
        }
        let peak = "\(text(most.value)) (\(moment(most.at)))"
        switch whole {
        case .sum:
            let sum = points.reduce(Int64(0)) { $0 &+ $1.value }
            return words("\(text(sum)) in all, at most \(peak).", "\(text(sum)) sammanlagt, som mest \(peak).")
        case .last:
            return words(
                "\(text(lastKnown)) at last, at most \(peak).", "\(text(lastKnown)) senast, som mest \(peak).")
        }
    }

    private var drawing: HTML {
        let most = points.map(\.value).max() ?? 0
        let step = points.isEmpty ? Self.width : max(2, Self.width / points.count)
        let bars = points.enumerated().map { index, point -> HTML in
            let bar = Self.barHeight(point.value, most: most)
            return """
                <rect x="\(index * step)" y="\(Self.height - bar)" width="\(step - 1)" height="\(bar)"/>

                """
        }
        let width = max(1, step * points.count)
        return """
            <svg role="img" aria-labelledby="\(id)" viewBox="0 0 \(width) \(Self.height)" preserveAspectRatio="none">
            \(bars)</svg>
            """
    }

    /// What is not nothing can be seen.
    static func barHeight(_ value: Int64, most: Int64) -> Int {
        guard value > 0, most > 0 else { return 0 }
        return max(1, min(height, Int(Double(value) / Double(most) * Double(height))))
    }

    private func moment(_ at: EpochSeconds) -> String { isByDays ? words.day(at) : words.moment(at) }
}
