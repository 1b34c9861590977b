package import MailTool

/// What may be asked of a running server, one word on a line.
package enum ControlRequest: String, CaseIterable, Sendable {
    case status, reload, drain, upgrade

    package init?(line: [UInt8]) {
        self.init(rawValue: String(decoding: line.filter { $0 != 0x0d }, as: UTF8.self))
    }
}

/// Why something was not done, with the exit code of whoever asked.
package struct RequestRefusal: Error, Sendable, Equatable {
    package let status: ExitStatus
    package let identifier: String
    package let message: String

    package init(_ status: ExitStatus, _ identifier: String, _ message: String) {
        self.status = status
        self.identifier = identifier
        self.message = message
    }

    package var json: JSONValue {
        .object([
            ("v", .number(1)), ("error", .text(identifier)), ("message", .text(message)),
            ("exit", .number(status.rawValue)),
        ])
    }

    package init?(_ json: JSONValue) {
        guard let identifier = json["error"]?.string, let message = json["message"]?.string,
            let status = json["exit"]?.int.flatMap(Int32.init(exactly:)).flatMap(ExitStatus.init(rawValue:))
        else { return nil }
        self.init(status, identifier, message)
    }

    static let busy = RequestRefusal(
        .tryAgain, "busy", "the server is starting, reloading or being upgraded; try again")
    static let noRoom = RequestRefusal(.tryAgain, "no_room", "too many workers are still draining; try again later")
    static let stopping = RequestRefusal(.tryAgain, "stopping", "the server is stopping")
    static let stranger = RequestRefusal(
        .permission, "not_permitted", "only root and the server's own user may ask this")
    static let unknown = RequestRefusal(.usage, "unknown_request", "no such request")
}

enum ControlReply {
    static func done(_ message: String) -> JSONValue {
        .object([("v", .number(1)), ("done", .flag(true)), ("message", .text(message))])
    }
}
