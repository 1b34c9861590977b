import MailCrypto
import MailTool

/// What a worker tells its supervisor.
package enum WorkerMessage: Sendable, Equatable {
    /// It listens.
    case ready
    case heartbeat(connections: Int)
    /// The new certificates are in use; or why the old ones stay.
    case reloaded(refusal: String?)
    /// Everybody has gone, and so does it.
    case drained

    package var bytes: [UInt8] {
        switch self {
        case .ready: Self.object("ready", [])
        case .heartbeat(let connections): Self.object("heartbeat", [("connections", .number(connections))])
        case .reloaded(let refusal): Self.object("reloaded", [("refusal", refusal.map { .text($0) } ?? .null)])
        case .drained: Self.object("drained", [])
        }
    }

    private static func object(_ name: String, _ fields: [(String, JSONValue)]) -> [UInt8] {
        JSONValue.object([("is", .text(name))] + fields).bytes
    }

    package init?(_ bytes: [UInt8]) {
        guard let json = try? JSONParser.parse(bytes) else { return nil }
        switch json["is"]?.string {
        case "ready": self = .ready
        case "heartbeat": self = .heartbeat(connections: max(0, json["connections"]?.int ?? 0))
        case "reloaded": self = .reloaded(refusal: json["refusal"]?.string)
        case "drained": self = .drained
        default: return nil
        }
    }
}

/// A certificate and its key, as files.
package struct CertificateFiles: Sendable, Equatable {
    package let certificate: String
    package let key: String

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

/// What a supervisor tells a worker after its assignment.
package enum WorkerOrder: Sendable, Equatable {
    case drain
    case reload([CertificateFiles])
    /// The keys of session tickets, the newest first.
    case tickets([UInt8])

    package var bytes: [UInt8] {
        switch self {
        case .drain: JSONValue.object([("do", .text("drain"))]).bytes
        case .reload(let files):
            JSONValue.object([
                ("do", .text("reload")),
                ("files", .list(files.map { .list([.text($0.certificate), .text($0.key)]) })),
            ]).bytes
        case .tickets(let keys):
            JSONValue.object([("do", .text("tickets")), ("keys", .text(Hex.encode(keys)))]).bytes
        }
    }

    package init?(_ bytes: [UInt8]) {
        guard let json = try? JSONParser.parse(bytes) else { return nil }
        switch json["do"]?.string {
        case "drain": self = .drain
        case "reload":
            self = .reload(
                (json["files"]?.items ?? []).compactMap { pair in
                    let texts = pair.items?.compactMap(\.string) ?? []
                    return texts.count == 2 ? CertificateFiles(certificate: texts[0], key: texts[1]) : nil
                })
        case "tickets":
            guard let keys = json["keys"]?.hex else { return nil }
            self = .tickets(keys)
        default: return nil
        }
    }
}
