import MailIdentity
import MailMessage
import MailShared
package import MailTransport
package import MailWeb
import MailWire

/// One HTTP/1.1 connection (RFC 9112): requests one after the other, each read whole, answered, and forgotten.
package actor HTTPSession {
    /// Between two requests a browser may wait so long.
    static let idleSeconds = 60
    /// From a request's first octet to its last.
    static let requestSeconds = 60
    static let mostRequests = 1_000
    /// Before a request.
    static let mostEmptyLines = 4

    let connection: Connection
    let services: SessionServices
    private let site: WebSite
    private var end = SessionEnd()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { connection.executor.asUnownedSerialExecutor() }

    package init(connection: Connection, services: SessionServices, site: WebSite) {
        self.connection = connection
        self.services = services
        self.site = site
    }

    @discardableResult
    package func run() async -> SessionEnd {
        connection.setIdleTimeout(seconds: Self.idleSeconds)
        do {
            while end.commands < Self.mostRequests, try await exchange() {}
        } catch let refusal as HTTPRefusal {
            end.reason = .limit
            // Programs ask for methods and sizes that are not taken here; only nonsense is held against them.
            if refusal.isNonsense { services.authenticator.noteMisuse(from: connection.peer) }
            connection.leaveUnread()
            try? await send(site.page(of: refusal), keepsAlive: false, withBody: true)
        } catch {
            end.reason = .init(error)
        }
        return end
    }

    /// One request and its answer; false when the conversation is over.
    private func exchange() async throws -> Bool {
        guard let head = try await readHead() else { return false }
        let request = HTTPRequest(head, body: try await readBody(of: head))
        let watch = Stopwatch()
        let metric = MetricCommand.http(.init(head.method))
        end.commands += 1
        end.last = metric
        let response = await site.answer(request, from: WebCaller(peer: connection.peer))
        let keepsAlive = head.keepsAlive && !connection.isDraining
        try await send(response, keepsAlive: keepsAlive, withBody: head.method != .head)
        services.metrics.observe(metric, watch.microseconds)
        return keepsAlive
    }

    /// Whoever closes while the answer is on its way has heard enough.
    private func send(_ response: HTTPResponse, keepsAlive: Bool, withBody: Bool) async throws {
        let date = MailDate(seconds: services.clock()).httpText
        connection.write(response.head(date: date, keepsAlive: keepsAlive))
        guard withBody else { return }
        for start in stride(from: 0, to: response.body.count, by: Connection.longestBatch) {
            connection.write(response.body[start..<min(start + Connection.longestBatch, response.body.count)])
            try await connection.drain()
        }
    }
}

extension MetricCommand.HTTP {
    fileprivate init(_ method: HTTPMethod) {
        self =
            switch method {
            case .get: .get
            case .head: .head
            case .post: .post
            case .options: .options
            }
    }
}
