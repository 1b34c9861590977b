import MailMessage
import MailSupervisor
import MailTool

/// `--status`, `--reload`, `--drain`, `--upgrade`: asks the running server, and says what it answers.
struct ControlCommand {
    /// Beyond the server's own patience with sessions, unless told otherwise.
    private static let statusPatience = Duration.seconds(10)

    private let request: ControlRequest
    private let store: String
    private let timeout: Duration?
    private let isJSON: Bool

    init(_ request: ControlRequest, store: String, timeout: String?, isJSON: Bool) throws(ToolError) {
        self.request = request
        self.store = store
        self.isJSON = isJSON
        self.timeout = try timeout.map { text throws(ToolError) in
            guard let seconds = SpanText.parse(text) else {
                throw .usage("--timeout \(text) is not a span such as 90s or 5m")
            }
            return .seconds(seconds)
        }
    }

    func run() throws {
        let patience = timeout ?? (request == .status ? Self.statusPatience : nil)
        let answer: JSONValue
        do { answer = try ControlCall.ask(request, store: store, timeout: patience) } catch {
            throw ToolError(error.status, error.identifier, error.message, hint: hint(error))
        }
        if request == .status, !isJSON {
            try StatusTable(answer).write()
        } else {
            let words = isJSON ? answer.compact : answer["message"]?.string ?? "done"
            try StandardOutput.shared.write(words + "\n")
        }
    }

    private func hint(_ refusal: RequestRefusal) -> String? {
        switch refusal.identifier {
        case "not_running": "start it, or name its store with --store or its configuration with --config"
        case "not_permitted": "run this as root or as the server's own user"
        case "timeout" where request == .drain: "the server goes on ending by itself; see mail-serve --status"
        default: nil
        }
    }
}
