import ArgumentParser
import MailSupervisor
import MailTool

/// `--status` for people.
struct StatusTable {
    private static let columns: [Column<JSONValue>] = [
        Column("worker") { .text($0["worker"]?.string) },
        Column("slot") { number($0, "slot") },
        Column("pid") { number($0, "pid") },
        Column("age") { .text($0["age_seconds"]?.int.map(age)) },
        Column("state") { .text($0["state"]?.string) },
        Column("connections") { number($0, "connections") },
        Column("restarts") { number($0, "restarts") },
        Column("generation") { number($0, "generation") },
        Column("last_death") { .text(death($0["last_death"])) },
    ]

    private let status: JSONValue

    init(_ status: JSONValue) { self.status = status }

    func write() throws {
        let generation = status["generation"]?.int ?? 0
        let workers = status["workers"]?.items ?? []
        let deaths = status["deaths"]?.int ?? 0
        try StandardOutput.shared.write(
            "\(status["state"]?.string ?? "?"), pid \(status["pid"]?.int ?? 0), up \(Self.age(status["age_seconds"]?.int ?? 0)), "
                + "generation \(generation), \(deaths) worker death\(deaths == 1 ? "" : "s")\n\n")
        try RecordWriter(Self.columns, OutputOptions.parse([])).write(workers)
    }

    private static func number(_ row: JSONValue, _ key: String) -> Field { .number(row[key]?.int.map { Int64($0) }) }

    /// `3d 4h`, `4h 5m`, `5m 6s`, `6s`.
    static func age(_ seconds: Int) -> String {
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"),
        ]
        let shown = parts.drop { $0.0 == 0 }.prefix(2)
        return shown.isEmpty ? "0s" : shown.map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }

    private static func death(_ death: JSONValue?) -> String? {
        guard let death, let ago = death["seconds_ago"]?.int else { return nil }
        let how = death["signal"]?.string ?? "code \(death["code"]?.int ?? 0)"
        return "\(how) \(age(ago)) ago (pid \(death["pid"]?.int ?? 0))"
    }
}
