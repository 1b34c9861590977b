package import MailMessage
package import MailStore

/// A new limit as somebody states it: itself, or what it does to the present one.
package enum SizeChange: Sendable, Equatable {
    case set(QuotaRule.Amount)
    /// No rule at this level: the next one counts.
    case inherit
    case add(Int64)
    /// Hundredths of the present limit, to be added or, below zero, taken.
    case addPercent(Int64)

    /// `500MB`, `none`, `default`, `+200MB`, `-10%`.
    package init(_ text: String) throws(SizeText.Refusal) {
        switch text {
        case "none": self = .set(.unlimited)
        case "default": self = .inherit
        default:
            guard let sign = text.first, sign == "+" || sign == "-" else {
                self = .set(.limit(try SizeText.parse(text)))
                return
            }
            let rest = String(text.dropFirst())
            if rest.hasSuffix("%"), let percent = Int64(rest.dropLast()), (0...Self.mostPercent).contains(percent) {
                self = .addPercent(sign == "+" ? percent : -percent)
            } else {
                let bytes = try SizeText.parse(rest)
                self = .add(sign == "+" ? bytes : -bytes)
            }
        }
    }

    static let mostPercent: Int64 = 10_000

    /// Nil = inherit. Throws when there is no limit to change.
    package func amount(from present: Int64?) throws(AdminError) -> QuotaRule.Amount? {
        switch self {
        case .set(let amount): return amount
        case .inherit: return nil
        case .add(let bytes): return .limit(try Self.sum(present, bytes))
        case .addPercent(let percent):
            guard let present else { throw Self.noLimit }
            let (product, overflow) = present.multipliedReportingOverflow(by: percent)
            guard !overflow else { throw .wrongData("the limit would be too large") }
            return .limit(try Self.sum(present, product / 100))
        }
    }

    private static let noLimit = AdminError.wrongData("there is no limit that could grow or shrink")

    private static func sum(_ present: Int64?, _ change: Int64) throws(AdminError) -> Int64 {
        guard let present else { throw noLimit }
        let (sum, overflow) = present.addingReportingOverflow(change)
        guard !overflow, sum >= 0 else {
            throw .wrongData("\(SizeText.format(present)) cannot change by \(SizeText.format(change))")
        }
        return sum
    }
}
