/// The keys of TLS session tickets: made here, so that each worker resumes what another began (RFC 5077 §5.5: not for ever).
extension Supervisor {
    /// Nil once the server is on its way out.
    var nextTicketKey: Duration? {
        guard let rotation = table.current.flatMap({ materials[$0.number]?.shape.ticketRotation }) else { return nil }
        return ticketsMadeAt + rotation
    }

    /// A worker that is not told makes tickets under the key before, which the others take.
    func rotateTickets(_ now: Duration) {
        ticketsMadeAt = now
        secrets.tickets = hooks.rotated(secrets.tickets)
        let order = WorkerOrder.tickets(secrets.tickets).bytes
        let told = channels.values.count { $0.send(order) }
        hooks.log(.event, "ticket_key_rotated", [("workers", "\(told)")])
    }
}
