import MailMessage
import MailStore
import MailTransport
import MailWire

/// What is remembered of a client that may be set wrong.
extension SMTPSession {
    func noteClient(_ name: ClientName) {
        services.attempts?.client(name.description, on: connection)
        noteArrival()
        guard let token = ProbeToken(hostName: name.description) else { return }
        services.attempts?.probe(ProbeClaim(token: token), on: connection)
    }

    func noteMisstep(_ error: SMTPError, to command: SMTPCommand?, _ line: Result<[UInt8], SMTPError>) {
        if let step = Misstep(error, to: command) { services.attempts?.misstep(step, on: connection) }
        guard command == nil, state.greeting == nil, case .success(let bytes) = line,
            let foreign = ForeignProtocol(in: bytes)
        else { return }
        services.attempts?.misstep(Misstep(foreign), on: connection)
    }
}
