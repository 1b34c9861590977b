import Glibc
import MailSupervisor
import MailTool

/// `--ready-json`: where everything is, once it is there.
struct ReadyLine {
    let store: String
    let config: String

    func write(_ sockets: [ListeningSocket]) throws(ToolError) {
        var ports: [(String, JSONValue)] = []
        for socket in sockets where !ports.contains(where: { $0.0 == socket.wanted.service }) {
            ports.append((socket.wanted.service, .integer(Int64(socket.port))))
        }
        let host = sockets.first.map { $0.isInherited ? $0.host : $0.wanted.host } ?? "localhost"
        let line = JSONValue.object([
            ("v", .integer(1)), ("host", .text(host == "*" ? "127.0.0.1" : host)), ("ports", .object(ports)),
            ("store", .text(store)), ("config", .text(config)), ("pid", .integer(Int64(getpid()))),
        ])
        try StandardOutput.shared.write(line.compact + "\n")
        try StandardOutput.shared.flush()
    }
}
