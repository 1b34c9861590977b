internal import MailMessage

/// The statements that write `trail.db`, inside one transaction.
struct TrailWriter {
    static let longestText = 500
    /// RFC 5321 §4.5.3.1: 64 octets, "@", 255 octets.
    static let longestAddress = 320
    static let longestMessageID = 998
    private let database: SQLConnection

    init(_ database: SQLConnection) { self.database = database }

    func store(_ events: [TrailEvent], lost: Int, now: EpochSeconds) throws {
        for event in events { try store(event, at: event.at ?? now) }
        if lost > 0 { try insert(.lost, TrailEvent("", .bounced), at: now, until: Int64(lost)) }
    }

    private func store(_ event: TrailEvent, at moment: EpochSeconds) throws {
        switch event.fact {
        case .accepted(let arrival): try insert(arrival, event, at: moment)
        case .refused(let arrival, let reply):
            try insert(arrival, event, at: moment)
            try insert(.refused, event, at: moment, text: reply)
        case .delivered(let mailbox): try insert(.delivered, event, at: moment, text: mailbox)
        case .storedInJunk(let reason): try insert(.junked, event, at: moment, text: reason)
        case .queued(let domain): try insert(.queued, event, at: moment, host: domain)
        case .relayed(let host, let reply): try insert(.relayed, event, at: moment, host: host, text: reply)
        case .deferred(let host, let reply, let until):
            try insert(.deferred, event, at: moment, host: host, text: reply, until: until)
        case .failed(let host, let reply): try insert(.failed, event, at: moment, host: host, text: reply)
        case .bounced: try insert(.bounced, event, at: moment)
        case .delayNoticed: try insert(.delayNoticed, event, at: moment)
        case .held(let reason): try insert(.held, event, at: moment, text: reason)
        case .released(let actor): try insert(.released, event, at: moment, text: actor)
        case .removed(let actor): try insert(.removed, event, at: moment, text: actor)
        case .withdrawn(let actor): try insert(.withdrawn, event, at: moment, text: actor)
        case .restored(let actor): try insert(.restored, event, at: moment, text: actor)
        case .forwarded(let address): try insert(.forwarded, event, at: moment, text: address)
        case .discarded(let reason): try insert(.discarded, event, at: moment, text: reason)
        }
    }

    /// The first of several refusals in one transaction says who it was.
    private func insert(_ arrival: TrailArrival, _ event: TrailEvent, at moment: EpochSeconds) throws {
        let sender = Self.plain(arrival.sender, Self.longestAddress)
        let account = event.fact.isRefusal && arrival.origin != .login ? nil : event.account
        try database(
            """
            INSERT INTO trail_message
              (id, at, sender, sender_key, origin, peer, account_id, size, message_id, recipients)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING
            """
        ).run(
            event.message, moment, sender, Self.key(sender), arrival.origin.rawValue, arrival.peer,
            account?.value ?? 0, arrival.size, Self.plain(arrival.messageID, Self.longestMessageID),
            arrival.recipients)
    }

    private func insert(
        _ kind: TrailKind, _ event: TrailEvent, at moment: EpochSeconds, host: String = "", text: String = "",
        until: Int64 = 0
    ) throws {
        let recipient = Self.plain(event.recipient, Self.longestAddress)
        try database(
            """
            INSERT INTO trail_event
              (id, at, kind, recipient, recipient_key, account_id, queue_id, host, text, until)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """
        ).run(
            event.message, moment, kind.rawValue, recipient, Self.key(recipient), event.account?.value ?? 0,
            event.queue?.value ?? 0, Self.plain(host, Self.longestAddress), Self.plain(text, Self.longestText), until)
    }

    /// One line of bounded length: replies come from anybody.
    static func plain(_ text: String, _ longest: Int) -> String {
        let isPlain = text.utf8.count <= longest && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
        if isPlain { return text }
        let scalars = text.unicodeScalars.lazy.map { scalar -> Unicode.Scalar in
            scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) ? " " : scalar
        }
        var line = ""
        line.unicodeScalars.append(contentsOf: scalars.prefix(longest))
        return line
    }

    /// How addresses are compared here: in lower case, the domain in the form that is a key.
    static func key(_ address: String) -> String {
        // Nearly all, and ten times cheaper.
        if address.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "\"") }) { return address.lowercased() }
        guard let parsed = EmailAddress(address) else { return address.lowercased() }
        return parsed.local.lowercased() + "@" + parsed.domainKey
    }
}

extension TrailFact {
    var isRefusal: Bool { if case .refused = self { true } else { false } }
}
