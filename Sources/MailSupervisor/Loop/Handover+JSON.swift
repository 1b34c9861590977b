import MailCrypto
import MailTool

/// The form of a handover. A later version reads what an earlier one wrote: keys are added, never changed.
extension Handover {
    var json: JSONValue {
        .object([
            ("v", .number(Self.version)),
            ("tickets", .text(Hex.encode(secrets.tickets))), ("login", .text(Hex.encode(secrets.login))),
            ("shared", .number(shared)), ("lock", .number(lock)), ("control", .number(control)),
            ("clients", .list(clients.map { .number($0) })), ("callers", .list(callers.map { .number($0) })),
            ("started_ms", .number(startedAt.milliseconds)),
            ("tickets_made_ms", .number(ticketsMadeAt.milliseconds)),
            ("last_generation", .number(lastGeneration)), ("losses", .number(table.losses)),
            ("current", table.current?.json ?? .null),
            ("workers", .list(table.workers.values.map { worker(json: $0) })),
            ("text", .number(materials.text)), ("sockets", .list(materials.sockets.map(\.json))),
        ])
    }

    private func worker(json worker: Worker) -> JSONValue {
        .object([
            ("slot", .number(worker.slot)), ("role", .text(worker.seat.role.rawValue)),
            ("number", .number(worker.seat.number)), ("generation", .number(worker.generation)),
            ("pid", .number(worker.pid ?? 0)), ("state", .text(worker.state.rawValue)),
            ("started_ms", .number(worker.startedAt.milliseconds)), ("leaving", .flag(worker.isLeaving)),
            ("deadline_ms", worker.deadline.map { .number($0.milliseconds) } ?? .null),
            ("connections", .number(worker.connections)),
            ("channel", channels[worker.slot].map { .number($0) } ?? .null),
        ])
    }

    init?(_ json: JSONValue) {
        guard let tickets = json["tickets"]?.hex, let login = json["login"]?.hex,
            let shared = json["shared"]?.descriptor,
            let lock = json["lock"]?.descriptor, let control = json["control"]?.descriptor,
            let text = json["text"]?.descriptor, let startedAt = json["started_ms"]?.span,
            let lastGeneration = json["last_generation"]?.int, let workers = json["workers"]?.items
        else { return nil }
        secrets = SharedSecrets(tickets: tickets, login: login)
        (self.shared, self.lock, self.control) = (shared, lock, control)
        (self.startedAt, self.lastGeneration) = (startedAt, lastGeneration)
        ticketsMadeAt = json["tickets_made_ms"]?.span ?? startedAt
        clients = (json["clients"]?.items ?? []).compactMap(\.descriptor)
        callers = (json["callers"]?.items ?? []).compactMap(\.descriptor)
        var table = WorkerTable()
        table.losses = json["losses"]?.int ?? 0
        for worker in workers.compactMap(Worker.init) { table.workers[worker.slot] = worker }
        table.current = json["current"].flatMap(WorkerGeneration.init)
        self.table = table
        channels = Dictionary(
            workers.compactMap { value in
                guard let slot = value["slot"]?.int, let channel = value["channel"]?.descriptor else { return nil }
                return (slot, channel)
            }, uniquingKeysWith: { first, _ in first })
        let sockets = (json["sockets"]?.items ?? []).compactMap(ListeningSocket.init)
        // What it was is not known: the next reload brings new workers.
        let shape = ServerShape(
            text: "", fixedText: "", certificates: [], seats: table.current?.posts.map(\.seat) ?? [], ports: [],
            rules: WorkerRules())
        materials = GenerationMaterials(shape: shape, text: text, sockets: sockets)
    }
}

extension JSONValue {
    fileprivate var descriptor: Int32? {
        int.flatMap(Int32.init(exactly:)).flatMap { Descriptor.isOpen($0) ? $0 : nil }
    }
}

extension Worker {
    fileprivate init?(_ json: JSONValue) {
        guard let slot = json["slot"]?.int, (0..<WorkerTable.slots).contains(slot),
            let role = json["role"]?.string.flatMap(WorkerRole.init(rawValue:)), let number = json["number"]?.int,
            let generation = json["generation"]?.int, let started = json["started_ms"]?.span,
            let pid = json["pid"]?.int.flatMap(Int32.init(exactly:)), pid > 0,
            let state = json["state"]?.string.flatMap(State.init(rawValue:))
        else { return nil }
        self.init(slot: slot, seat: WorkerSeat(role, number), generation: generation, startedAt: started)
        (self.pid, self.state) = (pid, state)
        isLeaving = json["leaving"]?.bool ?? false
        deadline = json["deadline_ms"]?.span
        connections = json["connections"]?.int ?? 0
    }
}

extension WorkerGeneration {
    fileprivate var json: JSONValue {
        .object([
            ("number", .number(number)),
            (
                "posts",
                .list(
                    posts.map { post in
                        .object([
                            ("role", .text(post.seat.role.rawValue)), ("number", .number(post.seat.number)),
                            ("slot", post.slot.map { .number($0) } ?? .null), ("restarts", .number(post.restarts)),
                        ])
                    })
            ),
        ])
    }

    fileprivate init?(_ json: JSONValue) {
        guard let number = json["number"]?.int, let posts = json["posts"]?.items else { return nil }
        self.init(
            number: number,
            posts: posts.compactMap { value in
                guard let role = value["role"]?.string.flatMap(WorkerRole.init(rawValue:)),
                    let seat = value["number"]?.int
                else { return nil }
                var post = WorkerPost(WorkerSeat(role, seat))
                post.slot = value["slot"]?.int
                if post.slot == nil { post.due = .zero }
                post.restarts = value["restarts"]?.int ?? 0
                return post
            })
    }
}

extension ListeningSocket {
    fileprivate var json: JSONValue {
        .object([
            ("service", .text(wanted.service)), ("wanted_host", .text(wanted.host)),
            ("wanted_port", .number(wanted.port)), ("host", .text(host)), ("port", .number(port)),
            ("fd", .number(descriptor)),
        ])
    }

    fileprivate init?(_ json: JSONValue) {
        guard let service = json["service"]?.string, let wantedHost = json["wanted_host"]?.string,
            let wantedPort = json["wanted_port"]?.int, let host = json["host"]?.string, let port = json["port"]?.int,
            let descriptor = json["fd"]?.descriptor
        else { return nil }
        self.init(
            wanted: WantedPort(service: service, host: wantedHost, port: wantedPort), host: host, port: port,
            descriptor: descriptor)
    }
}
