package import MailNetwork
import MailShared
import Synchronization

/// Who is connected: for the limits, which hold over all workers, and for the end.
final class ConnectionLedger: Sendable {
    private struct State {
        var connections: [ConnectionID: Connection] = [:]
        var perPrefix: [AddressPrefix: Int] = [:]
        var perOwner: [Int64: Int] = [:]
    }

    private let state = Mutex(State())
    private let limits: ConnectionLimits
    private let shared: SharedConnections
    private let rates: ConnectionRates

    init(_ limits: ConnectionLimits, seat: SharedSeat? = nil) {
        self.limits = limits
        shared = SharedConnections(seat)
        rates = ConnectionRates(seat)
    }

    /// This worker's.
    var count: Int { state.withLock { $0.connections.count } }
    var all: [Connection] { state.withLock { Array($0.connections.values) } }

    /// False when there are too many; then the connection is not counted.
    func enter(_ connection: Connection) -> Bool {
        state.withLock { state in
            let count = state.connections.count
            guard count + 1 + shared.exchange(total: count + 1) <= limits.total else {
                shared.tell(total: count)
                return false
            }
            state.connections[connection.id] = connection
            return true
        }
    }

    /// Counts a connection for its address and network, or says why not. To be left by `leave(_:from:)`.
    func enter(from address: IPAddress) -> Refusal? {
        let one = address.asOneCustomer
        if let rate = limits.ratePerAddress, !rates.allows(one, perMinute: rate, at: Stopwatch.seconds()) {
            return .tooFastFromAddress
        }
        return state.withLock { state in
            let wanted: [(AddressPrefix, Int?, Refusal)] = [
                (one, limits.perAddress, .tooManyFromAddress),
                (address.asNetwork, limits.perNetwork, .tooManyFromNetwork),
            ]
            for (number, (prefix, limit, refusal)) in wanted.enumerated() where !enter(prefix, limit, &state) {
                for (entered, _, _) in wanted.prefix(number) { leave(entered, &state) }
                return refusal
            }
            return nil
        }
    }

    private func enter(_ prefix: AddressPrefix, _ limit: Int?, _ state: inout State) -> Bool {
        let count = state.perPrefix[prefix] ?? 0
        guard count + 1 + shared.exchange(count + 1, of: prefix) <= limit ?? .max else {
            shared.tell(count, of: prefix)
            return false
        }
        state.perPrefix[prefix] = count + 1
        return true
    }

    /// The same for an owner of sessions. To be left by `leave(owner:)`.
    func enter(owner: Int64, limit: Int?) -> Bool {
        state.withLock { state in
            let count = state.perOwner[owner] ?? 0
            guard count + 1 + shared.exchange(count + 1, ofOwner: owner) <= limit ?? .max else {
                shared.tell(count, ofOwner: owner)
                return false
            }
            state.perOwner[owner] = count + 1
            return true
        }
    }

    func leave(owner: Int64) {
        state.withLock { state in
            guard let count = state.perOwner[owner] else { return }
            state.perOwner[owner] = count > 1 ? count - 1 : nil
            shared.tell(count - 1, ofOwner: owner)
        }
    }

    func leave(_ connection: Connection, from address: IPAddress?) {
        state.withLock { state in
            if state.connections.removeValue(forKey: connection.id) != nil {
                shared.tell(total: state.connections.count)
            }
            guard let address else { return }
            for prefix in [address.asOneCustomer, address.asNetwork] { leave(prefix, &state) }
        }
    }

    private func leave(_ prefix: AddressPrefix, _ state: inout State) {
        guard let count = state.perPrefix[prefix] else { return }
        state.perPrefix[prefix] = count > 1 ? count - 1 : nil
        shared.tell(count - 1, of: prefix)
    }
}

extension IPAddress {
    /// One customer gets an IPv6 /64, so that counts as one address.
    package var asOneCustomer: AddressPrefix { AddressPrefix(around: self, length: family == .v4 ? 32 : 64) }

    /// What one provider or one site usually has.
    package var asNetwork: AddressPrefix { AddressPrefix(around: self, length: family == .v4 ? 24 : 48) }
}
