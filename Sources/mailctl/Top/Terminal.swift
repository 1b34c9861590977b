import Dispatch
import Glibc
import MailCommand
import MailTool

/// A terminal taken over for a while: keys come one by one, and the screen that was there returns at the end.
final class Terminal {
    private static let quitKeys: [UInt8] = [UInt8(ascii: "q"), UInt8(ascii: "Q"), 0x03, 0x04]

    private var before = termios()
    private var isOurs = false
    private let signals: [any DispatchSourceSignal]

    init?() {
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
        var raw = before
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
        guard tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0 else { return nil }
        isOurs = true
        let saved = before
        signals = [SIGTERM, SIGHUP, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Self.giveBack(saved)
                _exit(128 + number)
            }
            source.resume()
            return source
        }
        Self.write("\u{1B}[?1049h\u{1B}[?25l\u{1B}[2J")
    }

    deinit { restore() }

    func restore() {
        guard isOurs else { return }
        isOurs = false
        Self.giveBack(before)
    }

    private static func giveBack(_ saved: termios) {
        var saved = saved
        write("\u{1B}[?25h\u{1B}[?1049l")
        tcsetattr(STDIN_FILENO, TCSANOW, &saved)
    }

    var size: (columns: Int, rows: Int) {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 1 else {
            return (80, 24)
        }
        return (Int(window.ws_col), Int(window.ws_row))
    }

    /// Over what is there, line by line, in one write: nothing is wiped first, so nothing flickers.
    func draw(_ lines: [String]) {
        Self.write("\u{1B}[H" + lines.map { $0 + "\u{1B}[K\r\n" }.joined() + "\u{1B}[J")
    }

    /// True when a key that ends it comes, or the terminal goes away.
    func isQuit(within milliseconds: Int) -> Bool {
        let end = Progress.milliseconds() + Int64(milliseconds)
        while true {
            let left = end - Progress.milliseconds()
            guard left > 0 else { return false }
            var wanted = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            let found = poll(&wanted, 1, Int32(clamping: left))
            if found < 0, errno == EINTR { continue }
            guard found > 0 else { return found < 0 }
            var key: UInt8 = 0
            guard read(STDIN_FILENO, &key, 1) == 1 else { return true }
            if Self.quitKeys.contains(key) { return true }
        }
    }

    private static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
