package import MailStore
import MailSupervisor

/// A program with the checkpassword interface: it reads `name NUL password NUL time NUL` at descriptor 3, and ends with 0 for
/// the right password, 1 for a wrong one, 111 when it cannot say.
package struct PersonsProgram: Sendable {
    package enum Verdict: Sendable, Equatable {
        case right, wrong
        case unavailable(String)
    }

    /// Of that interface.
    package static let longestInput = 512

    private let path: String
    private let timeout: Duration

    package init(_ path: String, timeout seconds: Int) {
        self.path = path
        timeout = .seconds(seconds)
    }

    /// Blocking.
    package func check(name: String, password: [UInt8], at now: Int64) -> Verdict {
        let input = Array(name.utf8) + [0] + password + [0] + Array(String(now).utf8) + [0]
        guard !name.isEmpty, !name.utf8.contains(0), !password.isEmpty, !password.contains(0),
            input.count <= Self.longestInput
        else { return .wrong }
        // checkpassword(8) itself starts what follows when the password was right; others do not look.
        let run = ProgramRun.run([path, "/bin/true"], input: input, timeout: timeout)
        switch run.end {
        case .exited(0): return .right
        case .exited(1): return .wrong
        default: return .unavailable(run.words)
        }
    }
}

/// What the directory of persons says: who is active, by login.
package struct PersonsAnswer: Sendable, Equatable {
    package var named: [String: Bool]
    /// `* disabled`: it has named everybody it knows. Whom it knew before and knows no more is gone.
    package var isWhole = false

    package init(_ named: [String: Bool], isWhole: Bool = false) {
        (self.named, self.isWhole) = (named, isWhole)
    }

    /// Nil: nothing is said of him.
    func isActive(_ person: Person) -> Bool? {
        named[person.login.text] ?? (isWhole && person.isKnown ? false : nil)
    }
}

/// A program that says who is still active: it reads logins at descriptor 3, each ended by NUL, and writes lines such as
/// `anna active` and `bo disabled`. Whom it does not name stays as he is, unless it writes `* disabled` and has named him
/// before. Any end but 0: it could not say.
package struct ActiveProgram: Sendable {
    private let path: String
    private let timeout: Duration

    package init(_ path: String, timeout seconds: Int) {
        self.path = path
        timeout = .seconds(seconds)
    }

    /// Blocking. Throws `StoreError.invalid` with what went wrong.
    package func ask(_ names: [String]) throws(StoreError) -> PersonsAnswer {
        var input: [UInt8] = []
        for name in names { input += Array(name.utf8) + [0] }
        let run = ProgramRun.run([path], input: input, timeout: timeout)
        guard run.end == .exited(0) else { throw .invalid(run.words) }
        return Self.parse(run.output)
    }

    static func parse(_ output: [UInt8]) -> PersonsAnswer {
        var answer = PersonsAnswer([:])
        for line in output.split(separator: 0x0a) {
            let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            guard words.count == 2 else { continue }
            switch (words[0], words[1]) {
            case ("*", "disabled"): answer.isWhole = true
            case (let login, "active"): answer.named[login] = true
            case (let login, "disabled"): answer.named[login] = false
            default: continue
            }
        }
        return answer
    }
}

extension ProgramRun {
    /// How it ended, with the last it said.
    fileprivate var words: String {
        let last =
            output.split(separator: 0x0a).last.map { ": " + String(decoding: $0.prefix(200), as: UTF8.self) } ?? ""
        return switch end {
        case .exited(let code): "it ended with \(code)\(last)"
        case .killed(let signal): "it was ended by signal \(signal)"
        case .tooSlow: "it did not answer in time"
        case .notStarted(let reason): "it could not be started: \(reason)"
        }
    }
}
