import MailCrypto
package import MailTool

/// A listening socket, and for which service it is.
package struct AssignedSocket: Sendable, Equatable {
    package let service: String
    package let host: String
    package let port: Int
    /// The number in the process that holds it.
    package let descriptor: Int32

    package init(service: String, host: String, port: Int, descriptor: Int32) {
        self.service = service
        self.host = host
        self.port = port
        self.descriptor = descriptor
    }
}

/// What all workers of all generations share, so that one takes up what another began.
package struct SharedSecrets: Sendable, Equatable {
    /// The keys of TLS session tickets.
    package var tickets: [UInt8]
    /// The table of verified passwords.
    package let login: [UInt8]

    package init(tickets: [UInt8], login: [UInt8]) {
        self.tickets = tickets
        self.login = login
    }
}

/// The first message to a worker: who it is, and what it is to serve.
package struct Assignment: Sendable, Equatable {
    package let seat: WorkerSeat
    /// Its column in the shared memory.
    package let slot: Int
    package let generation: Int
    package let secrets: SharedSecrets
    package let sockets: [AssignedSocket]

    package init(seat: WorkerSeat, slot: Int, generation: Int, secrets: SharedSecrets, sockets: [AssignedSocket]) {
        self.seat = seat
        self.slot = slot
        self.generation = generation
        self.secrets = secrets
        self.sockets = sockets
    }

    package var json: JSONValue {
        .object([
            ("role", .text(seat.role.rawValue)), ("number", .number(seat.number)),
            ("slot", .number(slot)), ("generation", .number(generation)),
            ("tickets", .text(Hex.encode(secrets.tickets))), ("login", .text(Hex.encode(secrets.login))),
            ("sockets", .list(sockets.map(\.json))),
        ])
    }

    package init?(_ json: JSONValue) {
        guard let role = json["role"]?.string.flatMap(WorkerRole.init(rawValue:)), let number = json["number"]?.int,
            let slot = json["slot"]?.int, (0..<WorkerTable.slots).contains(slot),
            let generation = json["generation"]?.int,
            let tickets = json["tickets"]?.hex, let login = json["login"]?.hex,
            let sockets = json["sockets"]?.items?.map(AssignedSocket.init), !sockets.contains(nil)
        else { return nil }
        self.init(
            seat: WorkerSeat(role, number), slot: slot, generation: generation,
            secrets: SharedSecrets(tickets: tickets, login: login), sockets: sockets.compactMap { $0 })
    }
}

extension AssignedSocket {
    var json: JSONValue {
        .object([
            ("service", .text(service)), ("host", .text(host)), ("port", .number(port)),
            ("fd", .number(descriptor)),
        ])
    }

    init?(_ json: JSONValue) {
        guard let service = json["service"]?.string, let host = json["host"]?.string, let port = json["port"]?.int,
            let descriptor = json["fd"]?.int.flatMap(Int32.init(exactly:))
        else { return nil }
        self.init(service: service, host: host, port: port, descriptor: descriptor)
    }
}
