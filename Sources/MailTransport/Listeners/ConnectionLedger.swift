import Synchronization

/// Who is connected: for the limits and for the end.
final class ConnectionLedger: Sendable {
    private struct State {
        var connections: [ConnectionID: Connection] = [:]
        var perAddress: [AddressPrefix: Int] = [:]
    }

    private let state = Mutex(State())
    private let limits: ConnectionLimits

    init(_ limits: ConnectionLimits) { self.limits = limits }

    var count: Int { state.withLock { $0.connections.count } }
    var all: [Connection] { state.withLock { Array($0.connections.values) } }

    /// False when there are too many; then the connection is not counted.
    func enter(_ connection: Connection) -> Bool {
        state.withLock { state in
            guard state.connections.count < limits.total else { return false }
            state.connections[connection.id] = connection
            return true
        }
    }

    /// Counts a connection for its address, unless there are too many from there. To be left by `leave(_:from:)`.
    func enter(from address: IPAddress) -> Bool {
        guard let limit = limits.perAddress else { return true }
        let key = Self.key(address)
        return state.withLock { state in
            let count = state.perAddress[key] ?? 0
            guard count < limit else { return false }
            state.perAddress[key] = count + 1
            return true
        }
    }

    func leave(_ connection: Connection, from address: IPAddress?) {
        let key = limits.perAddress == nil ? nil : address.map(Self.key)
        state.withLock { state in
            state.connections[connection.id] = nil
            guard let key, let count = state.perAddress[key] else { return }
            state.perAddress[key] = count > 1 ? count - 1 : nil
        }
    }

    /// One customer gets an IPv6 /64, so that counts as one address.
    private static func key(_ address: IPAddress) -> AddressPrefix {
        AddressPrefix(around: address, length: address.family == .v4 ? 32 : 64)
    }
}
