import Glibc
internal import MailCrypto

/// Names for new keys, which tell nothing but their day and kind.
enum DKIMSelector {
    private static let most = 100

    /// `20261129r`, then `20261129r2`.
    static func new(_ kind: KeyKind, at now: Int64, taken: Set<String>) -> String {
        let stem = day(now) + (kind == .rsa ? "r" : "e")
        let all = [stem] + (2...most).map { "\(stem)\($0)" }
        return all.first { !taken.contains($0) } ?? "\(stem)\(now)"
    }

    private static func day(_ now: Int64) -> String {
        var (time, parts) = (time_t(now), tm())
        gmtime_r(&time, &parts)
        return String((Int(parts.tm_year) + 1_900) * 10_000 + (Int(parts.tm_mon) + 1) * 100 + Int(parts.tm_mday))
    }
}
