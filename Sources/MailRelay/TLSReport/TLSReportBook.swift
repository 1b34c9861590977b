import Glibc
internal import MailCrypto
internal import MailDomainAuth
package import MailNetwork
import Synchronization

/// The counts of days that are not reported yet: today's in memory and now and then on the disk, a small file for each day.
///
/// A crash loses what was counted since the last `save`, and nothing else.
package final class TLSReportBook: Sendable {
    private struct State {
        var number: Int64
        var day = TLSReportDay()
        var isChanged = false
    }

    private static let secondsOfDay: Int64 = 86_400
    private static let largestFile = 64_000_000
    private static let blockSize = 65_536
    /// Days that wait to be reported, at most: whoever never asks for them shall not fill the disk.
    static let mostDays = 7

    private let folder: String
    private let clock: @Sendable () -> Int64
    private let state: Mutex<State>

    /// `folder` is made when there is something to keep. `clock`: seconds since 1970.
    package init(folder: String, clock: @escaping @Sendable () -> Int64 = { Int64(time(nil)) }) {
        self.folder = folder
        self.clock = clock
        state = Mutex(State(number: clock() / Self.secondsOfDay))
    }

    /// Blocking; goes on with what another process, or an earlier one, has counted today. Before the first note.
    package func begin() {
        let number = clock() / Self.secondsOfDay
        let day = Self.read(folder, number) ?? TLSReportDay()
        state.withLock { $0 = State(number: number, day: day) }
    }

    /// One session with a hop for a domain: TLS as its policy wants it, or why not. `address`: nil where there was no connection.
    package func note(_ domain: String, _ hop: NextHop, at address: IPAddress?, fault: TLSFault?) {
        guard let policy = hop.policy else { return }
        if policy.kind == .sts, !STSPolicy.allows(hop.host, by: policy.hosts) {
            return note(domain, policy, unlisted: hop.host)
        }
        let failure = fault.map {
            TLSReportDay.Failure(kind: $0.rawValue, host: hop.host, address: address?.description ?? "")
        }
        note(domain, policy, failure)
    }

    /// A policy that is announced and could not be had.
    package func note(_ domain: String, _ fault: STSPolicies.Fault) {
        note(domain, TLSPolicy(.sts, domain: domain), TLSReportDay.Failure(kind: fault.rawValue, host: "", address: ""))
    }

    /// A host that the policy does not name; RFC 8460 §4.3 has no word of its own for it.
    func note(_ domain: String, _ policy: TLSPolicy, unlisted host: String) {
        note(domain, policy, TLSReportDay.Failure(kind: TLSFault.validationFailure.rawValue, host: host, address: ""))
    }

    private func note(_ domain: String, _ policy: TLSPolicy, _ failure: TLSReportDay.Failure?) {
        let number = clock() / Self.secondsOfDay
        let finished = state.withLock { state -> State? in
            let old = state.number == number ? nil : state
            if old != nil { state = State(number: number, day: TLSReportDay()) }
            state.day.note(domain, policy, failure)
            state.isChanged = true
            return old
        }
        if let finished { write(finished) }
    }

    /// Blocking; once a minute will do.
    package func save() {
        let changed = state.withLock { state -> State? in
            guard state.isChanged else { return nil }
            state.isChanged = false
            return state
        }
        if let changed { write(changed) }
    }

    /// Blocking. Days that have been over for `delay` and are not yet reported, the oldest first, with their numbers since 1970.
    func finishedDays(after delay: Int64 = 0) -> [(number: Int64, day: TLSReportDay)] {
        save()
        let today = (clock() - delay) / Self.secondsOfDay
        let numbers = Self.numbers(in: folder).filter { $0 < today }.sorted()
        for number in numbers.dropLast(Self.mostDays) { forget(number) }
        return numbers.suffix(Self.mostDays).compactMap { number in Self.read(folder, number).map { (number, $0) } }
    }

    /// Blocking. What of a day is left to report.
    func keep(_ day: TLSReportDay, _ number: Int64) {
        day.isEmpty ? forget(number) : write(State(number: number, day: day))
    }

    /// It is reported.
    func forget(_ number: Int64) { unlink("\(folder)/\(number)") }

    private func write(_ state: State) {
        guard !state.day.isEmpty else { return }
        mkdir(folder, 0o700)
        let (path, temporary) = ("\(folder)/\(state.number)", "\(folder)/.\(Hex.encode(randomBytes(8)))")
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let bytes = Array(state.day.text.utf8)
        let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count
        close(descriptor)
        if !isWritten || rename(temporary, path) != 0 { unlink(temporary) }
    }

    private static func read(_ folder: String, _ number: Int64) -> TLSReportDay? {
        let descriptor = open("\(folder)/\(number)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: blockSize)
        while bytes.count < largestFile {
            let count = Glibc.read(descriptor, &block, block.count)
            guard count > 0 else { break }
            bytes += block.prefix(count)
        }
        return TLSReportDay(String(decoding: bytes, as: UTF8.self))
    }

    private static func numbers(in folder: String) -> [Int64] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var numbers: [Int64] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let number = Int64(name), number >= 0 { numbers.append(number) }
        }
        return numbers
    }
}
