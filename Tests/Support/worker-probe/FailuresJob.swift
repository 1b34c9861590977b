import Glibc
import MailIdentity
import MailShared

/// `failures REGION SECRET SOURCE COUNT`: so many failed logins to the account "anna", each with another password, then from as
/// many other addresses for as many other accounts; and then on and on.
enum FailuresJob {
    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 4, let count = Int(arguments[3]) else {
            throw ProbeError("failures REGION SECRET SOURCE COUNT")
        }
        let region = try WordsJob.open(region: arguments[0])
        let seat = SharedSeat(region, slot: 0, secret: Array(arguments[1].utf8))
        let limiter = FailureLimiter(FailureLimits(), seat: seat)
        for number in 0..<count {
            _ = limiter.failed(source: arguments[2], account: "anna", attempt: UInt64(number), now: 1_000)
        }
        Probe.ready()
        for number in 0..<Int.max {
            let name = "\(arguments[2]) \(number)"
            _ = limiter.failed(source: name, account: name, attempt: nil, now: 1_000)
            limiter.succeeded(source: name, account: name, now: 1_000)
        }
    }
}
