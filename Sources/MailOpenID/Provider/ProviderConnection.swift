internal import MailDial
internal import MailNetwork

/// Requests to a provider, each over a connection of its own. Blocking, with a deadline over all of it.
struct ProviderConnection: Sendable {
    private let trust: TLSTrust
    private let resolver = Resolver()

    init(authorities: String) throws(OpenIDFailure) {
        do throws(TLSTrust.Failure) {
            trust = try TLSTrust(file: authorities.isEmpty ? nil : authorities)
        } catch {
            throw .unavailable("the authorities cannot be read: \(error.words)")
        }
    }

    struct Answer: Sendable {
        let status: Int
        let type: String
        let octets: [UInt8]
    }

    func get(
        _ place: WebAddress, fields: [(name: String, value: String)] = [], by deadline: Deadline
    ) throws(OpenIDFailure) -> Answer {
        try ask(place, nil, fields, by: deadline)
    }

    func post(
        _ form: [UInt8], to place: WebAddress, fields: [(name: String, value: String)], by deadline: Deadline
    ) throws(OpenIDFailure) -> Answer {
        let file = SecureGet.File(type: "application/x-www-form-urlencoded", octets: form)
        return try ask(place, file, fields, by: deadline)
    }

    private func ask(
        _ place: WebAddress, _ file: SecureGet.File?, _ fields: [(name: String, value: String)], by deadline: Deadline
    ) throws(OpenIDFailure) -> Answer {
        guard let addresses = resolver.addresses(of: place.host, by: deadline).value, !addresses.isEmpty else {
            throw .unavailable("\(place.host) has no address")
        }
        let get = SecureGet(
            trust: trust, host: place.host, port: place.port, path: place.path, largest: OpenIDLimits.document)
        do throws(SecureGet.Failure) {
            let answer = try get.exchange(file, fields: fields, at: addresses, by: deadline)
            return Answer(status: answer.status, type: answer.type, octets: answer.octets)
        } catch {
            throw .unavailable("\(place.host): \(Self.words(error))")
        }
    }

    private static func words(_ failure: SecureGet.Failure) -> String {
        switch failure {
        case .unreachable(let words), .untrusted(let words), .refused(let words): words
        }
    }
}
