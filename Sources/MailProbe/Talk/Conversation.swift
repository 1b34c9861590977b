internal import MailDial
internal import MailNetwork
internal import MailTool
import Synchronization

/// What was said, for `-v`: no secret ever gets in.
package final class Transcript: Sendable {
    private static let longestLine = 400
    private let lines = Mutex<[String]>([])

    /// Whose password must not stand in it, whatever a server repeats.
    private let login: Login?

    package init(hiding login: Login?) { self.login = login }

    func note(_ line: String) {
        let clean = login?.cleaned(line) ?? line
        // What a server says must not speak to the terminal.
        let shown = Printable.oneLine(String(clean.prefix(Self.longestLine)))
        lines.withLock { $0.append(shown) }
    }

    package var all: [String] { lines.withLock { $0 } }
}

/// One connection to an endpoint, line by line.
final class Conversation {
    let channel: Channel
    let deadline: Deadline
    private let transcript: Transcript?
    private var lastWord = Stopwatch()

    init(_ channel: Channel, by deadline: Deadline, _ transcript: Transcript? = nil) {
        self.channel = channel
        self.deadline = deadline
        self.transcript = transcript
    }

    /// `shown` stands in the transcript instead of a line with a secret.
    func send(_ line: String, shown: String? = nil) throws(DialFailure) {
        transcript?.note("C: \(shown ?? line)")
        try channel.write(line + "\r\n", by: deadline)
        lastWord = Stopwatch()
    }

    func line(by earlier: Deadline? = nil) throws(DialFailure) -> String {
        do {
            let line = try channel.readLine(by: earlier ?? deadline)
            transcript?.note("S: \(line)")
            lastWord = Stopwatch()
            return line
        } catch {
            transcript?.note("-- \(error.words)")
            throw error
        }
    }

    /// The first line of a greeting; what an SMTP server says beyond it is read, else it would pass for the next answer
    /// (RFC 5321 §4.2.1).
    func greeting() throws(DialFailure) -> String {
        let first = try line()
        try finishGreeting(first, by: deadline)
        return first
    }

    func finishGreeting(_ first: String, by limit: Deadline) throws(DialFailure) {
        var last = first
        for _ in 0..<Self.mostLines where SMTPReply(line: last)?.isLast == false { last = try line(by: limit) }
    }

    /// Since one of both last said something, in milliseconds.
    var silence: Int { lastWord.milliseconds }

    func note(_ text: String) { transcript?.note("-- \(text)") }

    /// Several lines that belong to one answer are bounded together.
    static let mostLines = 2_000
}
