import MailTool

/// What `--status` tells.
struct ServerStatus {
    struct Row {
        let seat: WorkerSeat
        let worker: Worker?
        let post: WorkerPost?
        let now: Duration

        var state: String { worker?.state.rawValue ?? "waiting" }
        var age: Int64? { worker.map { ($0.startedAt - now).milliseconds / -1_000 } }
    }

    let pid: Int32
    let state: String
    let generation: Int
    let age: Duration
    let losses: Int
    let rows: [Row]

    init(_ supervisor: Supervisor) {
        let (table, now) = (supervisor.table, Uptime.now())
        pid = ProcessNumber.own
        generation = table.current?.number ?? 0
        age = now - supervisor.startedAt
        losses = table.losses
        state =
            switch (table.phase, supervisor.operation) {
            case (.ending, _): "draining"
            case (_, nil): table.current == nil ? "starting" : "serving"
            case (_, .checking(_, .start, _)): "starting"
            case (_, .checking(_, .upgrade, _)): "upgrading"
            case (_, .replacing), (_, .certificates), (_, .checking): "reloading"
            }
        rows = Self.rows(table, now)
    }

    /// Everybody who runs, then the seats that are empty.
    private static func rows(_ table: WorkerTable, _ now: Duration) -> [Row] {
        let posts = [table.current, table.candidate].compactMap { $0 }.flatMap(\.posts)
        let running = table.workers.values.sorted { ($0.generation, $0.slot) < ($1.generation, $1.slot) }
        return running.map { worker in
            let post = worker.isLeaving ? nil : posts.first { $0.slot == worker.slot }
            return Row(seat: worker.seat, worker: worker, post: post, now: now)
        } + posts.filter { $0.slot == nil }.map { Row(seat: $0.seat, worker: nil, post: $0, now: now) }
    }

    var json: JSONValue {
        .object([
            ("v", .number(1)), ("pid", .number(pid)), ("state", .text(state)), ("generation", .number(generation)),
            ("age_seconds", .number(age.milliseconds / 1_000)), ("deaths", .number(losses)),
            ("workers", .list(rows.map(\.json))),
        ])
    }

    var summary: [(String, String)] {
        [("state", state), ("generation", "\(generation)"), ("workers", "\(rows.count)"), ("deaths", "\(losses)")]
    }
}

extension ServerStatus.Row {
    var json: JSONValue {
        let number: (Int?) -> JSONValue = { $0.map { .number($0) } ?? .null }
        return .object([
            ("role", .text(seat.role.rawValue)), ("worker", .text(seat.description)),
            ("slot", number(worker?.slot)), ("pid", number(worker?.pid.map(Int.init))),
            ("age_seconds", number(age.map(Int.init))), ("state", .text(state)),
            ("connections", number(worker?.connections)), ("restarts", number(post?.restarts)),
            ("generation", number(worker?.generation)), ("last_death", post?.lastDeath.map(death) ?? .null),
        ])
    }

    private func death(_ death: WorkerDeath) -> JSONValue {
        let (code, signal): (JSONValue, JSONValue) =
            switch death.end {
            case .code(let code): (.number(code), .null)
            case .signal: (.null, .text(death.end.description))
            }
        return .object([
            ("pid", .number(death.pid)), ("signal", signal), ("code", code),
            ("seconds_ago", .number((now - death.at).milliseconds / 1_000)),
        ])
    }

    var summary: [(String, String)] {
        [
            ("worker", seat.description), ("pid", worker?.pid.map { "\($0)" } ?? "-"), ("state", state),
            ("connections", "\(worker?.connections ?? 0)"), ("restarts", "\(post?.restarts ?? 0)"),
        ]
    }
}
