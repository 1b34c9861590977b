import MailAdmin
import MailStore
import Testing

@testable import MailWeb

@Suite struct TypedSizeTests {
    @Test(arguments: [
        ("1,5 GB", SizeChange.set(.limit(1_500_000_000))), ("1,25 GB", .set(.limit(1_250_000_000))),
        ("+0,5MB", .add(500_000)), ("1.5 GB", .set(.limit(1_500_000_000))), ("none", .set(.unlimited)),
        ("-10%", .addPercent(-10)),
    ])
    func takesACommaForAPoint(_ text: String, _ size: SizeChange) { #expect(SizeChange(typed: text) == size) }

    @Test(arguments: ["1,000 MB", "+1,000MB", "1,000,5 MB", "1,5,5 MB", "1, GB", ",", "1,5000 GB", "1,٣ GB"])
    func leavesNothingToGuess(_ text: String) { #expect(SizeChange(typed: text) == nil) }
}
