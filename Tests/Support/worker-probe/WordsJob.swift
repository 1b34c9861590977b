import Glibc
import MailShared

/// `words REGION SLOT`: counts in its own column and in words that all processes change, until it is killed.
enum WordsJob {
    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 2, let slot = Int(arguments[1]) else { throw ProbeError("words REGION SLOT") }
        let region = try open(region: arguments[0])
        region.claim(slot: slot)
        let (own, common) = (region.connections(slot: slot), region.failures)
        Probe.ready()
        while true {
            own.add(1, at: 0)
            common.add(1, at: 0)
            increase(common, at: 1)
            own.add(1, at: 1)
        }
    }

    private static func increase(_ words: SharedWords, at index: Int) {
        var isDone = false
        while !isDone {
            let value = words.load(index)
            isDone = words.compareExchange(at: index, expected: value, desired: value &+ 1)
        }
    }

    static func open(region path: String) throws -> SharedRegion {
        let descriptor = Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw ProbeError("cannot open \(path)") }
        return try SharedRegion(descriptor: descriptor)
    }
}
