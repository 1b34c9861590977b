import Glibc
package import MailNetwork
import Synchronization

/// What came of looking something up.
package enum Lookup<Value: Sendable>: Sendable {
    case found(Value)
    /// The name does not exist.
    case noName
    /// The name exists, and has nothing of that kind.
    case noData
    /// Nobody could say.
    case failed(String)

    package var value: Value? {
        guard case .found(let value) = self else { return nil }
        return value
    }

    package var isFailure: Bool {
        guard case .failed = self else { return false }
        return true
    }
}

/// Names to addresses and records. Blocking; every call ends at its deadline.
package struct Resolver: Sendable {
    /// Asked for everything, instead of the system's ways.
    private let server: PeerAddress?

    /// nil: the system's ways.
    package init(server: PeerAddress? = nil) { self.server = server }

    /// Where a client would connect to: by hosts(5) and the rest of nsswitch.conf(5) when no server was named.
    package func addresses(of host: String, by deadline: Deadline) -> Lookup<[IPAddress]> {
        if let address = IPAddress(host) { return .found([address]) }
        guard server != nil else { return systemAddresses(of: host, by: deadline) }
        let answers = [DNSRecord.Kind.a, .aaaa].map { records($0, of: host, by: deadline) }
        let found = answers.flatMap { $0.value?.addresses ?? [] }
        guard found.isEmpty else { return .found(found) }
        for case .failed(let reason) in answers { return .failed(reason) }
        for case .noName in answers { return .noName }
        return .noData
    }

    package struct Records: Sendable {
        package let all: [DNSRecord]
        /// Proven by DNSSEC, says a resolver that this machine believes.
        package let isAuthentic: Bool

        var addresses: [IPAddress] {
            all.compactMap { record in
                guard case .address(let address) = record else { return nil }
                return address
            }
        }
    }

    package func records(_ kind: DNSRecord.Kind, of name: String, by deadline: Deadline) -> Lookup<Records> {
        guard let name = DNSName(name) else { return .noName }
        let chase = NameChase(servers: server.map(NameServers.init(one:)), patience: 0)
        switch chase.follow(name, kind, by: deadline).answer {
        case .found(let found): return .found(Records(all: found.all, isAuthentic: found.isAuthentic))
        case .noName: return .noName
        case .noData: return .noData
        case .failed(let reason): return .failed(reason)
        }
    }

    private func systemAddresses(of host: String, by deadline: Deadline) -> Lookup<[IPAddress]> {
        let answer = Self.inTime(deadline) { () -> Lookup<[IPAddress]> in
            var hints = addrinfo()
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
            var list: UnsafeMutablePointer<addrinfo>?
            let code = getaddrinfo(host, nil, &hints, &list)
            guard code == 0 else { return Self.failure(code) }
            defer { freeaddrinfo(list) }
            return .found(Self.addresses(list))
        }
        return answer ?? .failed("the name server does not answer")
    }

    private static func addresses(_ list: UnsafeMutablePointer<addrinfo>?) -> [IPAddress] {
        var (found, next): ([IPAddress], UnsafeMutablePointer<addrinfo>?) = ([], list)
        while let entry = next {
            if let address = entry.pointee.ai_addr {
                var storage = sockaddr_storage()
                memcpy(&storage, address, min(Int(entry.pointee.ai_addrlen), MemoryLayout<sockaddr_storage>.size))
                if let ip = SocketAddress(storage).peer?.ip, !found.contains(ip) { found.append(ip) }
            }
            next = entry.pointee.ai_next
        }
        return found
    }

    private static func failure(_ code: Int32) -> Lookup<[IPAddress]> {
        switch code {
        case EAI_NONAME: .noName
        case -5: .noData  // EAI_NODATA, which <netdb.h> shows under _GNU_SOURCE alone
        default: .failed(String(cString: gai_strerror(code)))
        }
    }

    /// The system's calls have no deadline: who asks leaves them behind on a thread of their own.
    private static func inTime<T: Sendable>(_ deadline: Deadline, _ work: @escaping @Sendable () -> T) -> T? {
        let answer = LateAnswer<T>()
        BlockingThread.start { answer.set(work()) }
        return answer.wait(by: deadline)
    }
}

/// A value from another thread, if it comes in time.
private final class LateAnswer<T: Sendable>: @unchecked Sendable {  // the value is behind the semaphore
    private let value = Mutex<T?>(nil)
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func set(_ new: T) {
        value.withLock { $0 = new }
        sem_post(semaphore)
    }

    func wait(by deadline: Deadline) -> T? {
        var moment = timespec()
        clock_gettime(CLOCK_REALTIME, &moment)
        let left = deadline.millisecondsLeft
        moment.tv_sec += left / 1_000
        moment.tv_nsec += left % 1_000 * 1_000_000
        if moment.tv_nsec >= 1_000_000_000 {
            moment.tv_sec += 1
            moment.tv_nsec -= 1_000_000_000
        }
        while sem_timedwait(semaphore, &moment) != 0 {
            guard errno == EINTR else { return nil }
        }
        return value.withLock { $0 }
    }
}
