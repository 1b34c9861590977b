/// Whole numbers as people read them.
package enum NumberText {
    /// `100,000`.
    package static func grouped(_ number: Int64, by separator: String = ",") -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text += separator }
            text.append(digit)
        }
        return text
    }
}
