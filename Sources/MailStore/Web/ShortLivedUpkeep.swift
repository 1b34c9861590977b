/// Takes away what has ended: sessions and links of the web pages, passwords from before a change. Nobody finds it any more; it
/// is only not to pile up, and not to lie about.
struct ShortLivedUpkeep: Sendable {
    static let period = Duration.seconds(3_600)
    static let firstRun = Duration.seconds(120)

    let web: WebDatabase
    let directory: Directory

    func run() async {
        try? await Task.sleep(for: Self.firstRun)
        while !Task.isCancelled {
            try? await web.sweep()
            try? await directory.expireFormerPasswords()
            try? await Task.sleep(for: Self.period)
        }
    }
}
