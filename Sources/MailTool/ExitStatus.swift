/// How a tool ends; the table stands in every man page. Unknown codes must be treated as failure.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    case ok = 0
    /// Some records failed and the rest is done; or a test answered "no".
    case finding = 1
    /// Only with `--nagios`: the plugins' codes.
    case nagiosCritical = 2
    case nagiosUnknown = 3
    case usage = 64
    case data = 65
    case noInput = 66
    case noSuchObject = 67
    case unavailable = 69
    case internalError = 70
    case cannotCreate = 73
    case inputOutput = 74
    case tryAgain = 75
    case permission = 77
    case configuration = 78
    /// 128 + SIGINT: Ctrl-C at a prompt, when nothing was changed, or between two records.
    case interrupted = 130
    /// 128 + SIGTERM: between two records.
    case terminated = 143
}
