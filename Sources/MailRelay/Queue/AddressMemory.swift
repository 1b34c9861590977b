import MailNetwork
import Synchronization

/// Addresses that did not answer a short while ago are tried last: the other host of a pair serves meanwhile, without a
/// wait for the dead one before each message.
final class AddressMemory: Sendable {
    static let shared = AddressMemory()
    static let span = Duration.seconds(120)
    static let mostAddresses = 10_000

    private struct Key: Hashable {
        let address: IPAddress
        let port: UInt16

        init(_ place: Place) { (address, port) = (place.address, place.hop.port) }
    }

    private let failures = Mutex<[Key: ContinuousClock.Instant]>([:])

    func failed(_ place: Place) {
        failures.withLock { failures in
            if failures.count >= Self.mostAddresses { failures.removeAll(keepingCapacity: true) }
            failures[Key(place)] = .now
        }
    }

    func succeeded(_ place: Place) { failures.withLock { _ = $0.removeValue(forKey: Key(place)) } }

    func sorted(_ places: [Place]) -> [Place] {
        let since = ContinuousClock.now - Self.span
        let bad = failures.withLock { failures in places.map { failures[Key($0)].map { $0 > since } ?? false } }
        let marked = Array(zip(places, bad))
        return marked.filter { !$0.1 }.map(\.0) + marked.filter(\.1).map(\.0)
    }
}
