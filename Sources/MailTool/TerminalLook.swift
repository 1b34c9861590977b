import Glibc

/// What can be shown where the output goes.
package enum TerminalLook {
    private static let standardColumns = 80

    /// `COLUMNS`, else the terminal's, else 80.
    package static var columns: Int { columns(of: STDOUT_FILENO) }

    static func columns(of terminal: Int32) -> Int {
        if let named = environment("COLUMNS").flatMap({ Int($0) }), named > 0 { return named }
        var size = winsize()
        guard ioctl(terminal, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return standardColumns }
        return Int(size.ws_col)
    }

    /// `NO_COLOR` and `TERM=dumb`; never in a pipe unless `CLICOLOR_FORCE` asks for it.
    package static func wantsColour(isTerminal: Bool) -> Bool {
        if environment("NO_COLOR").map({ !$0.isEmpty }) ?? false { return false }
        if environment("CLICOLOR_FORCE").map({ !$0.isEmpty && $0 != "0" }) ?? false { return true }
        return isTerminal && environment("TERM") != "dumb"
    }

    /// Signs beyond ASCII arrive.
    package static var isUnicode: Bool { locale("LC_CTYPE")?.lowercased().contains("utf") ?? false }

    /// The locale of one category: `LC_ALL` before it, `LANG` behind it; nil: none is set.
    package static func locale(_ category: String) -> String? {
        ["LC_ALL", category, "LANG"].compactMap(environment).first { !$0.isEmpty }
    }

    private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
