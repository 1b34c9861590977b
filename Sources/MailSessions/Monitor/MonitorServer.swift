import Glibc
package import MailShared
package import MailTransport

/// `GET /metrics`, `/health` and `/ready`, from what the workers count in shared memory. Opens no store.
package final class MonitorServer: Sendable {
    private let listener: HTTPListener

    /// `roles`: those that must have a live worker for the server to be ready.
    package init(roles: [MetricRole], snapshot: @escaping @Sendable () -> MetricsSnapshot) {
        listener = HTTPListener { Self.answer($0, roles, snapshot()) }
    }

    package func listen(at place: HTTPListener.Place) async throws(ListenError) -> Int {
        try await listener.listen(at: place)
    }

    package func stop() async { await listener.stop() }

    static func answer(_ question: HTTPQuestion, _ roles: [MetricRole], _ snapshot: MetricsSnapshot) -> HTTPAnswer {
        switch question.path {
        case "/metrics":
            return HTTPAnswer(
                200, PrometheusText.render(snapshot, at: time(nil)), contentType: PrometheusText.contentType)
        case "/health": return HTTPAnswer(200, "alive\n")
        case "/ready":
            let readiness = Readiness(snapshot, roles: roles)
            return HTTPAnswer(readiness.isReady ? 200 : 503, readiness.text)
        default: return HTTPAnswer(404, "there are /metrics, /health and /ready\n")
        }
    }
}
