package import MailNetwork

/// The domain name system for a process that asks much: remembers answers as long as they say, asks each question once at a time,
/// holds few threads, and comes to an end with every question.
package actor NameService {
    package struct Limits: Sendable {
        /// One question in all, servers and aliases included, in milliseconds.
        package var patience = 8_000
        /// Questions on the way, each on a thread of its own.
        package var mostThreads = 48
        /// Questions that wait for one of those; further ones fail at once.
        package var mostWaiting = 5_000
        package var mostEntries = 20_000
        package var mostOctets = 16_000_000
        /// In seconds: RFC 2181 §8 knows no limit, but who corrects a record does not want to wait for a week.
        package var longestMemory: UInt32 = 86_400
        /// In seconds (RFC 2308 §5).
        package var longestAbsence: UInt32 = 900
        /// In seconds (RFC 2308 §7).
        package var failureMemory: UInt32 = 5

        package init() {}
    }

    private nonisolated let servers: NameServers?
    private let limits: Limits
    private var cache: NameCache
    private var waiting: [NameCache.Key: [CheckedContinuation<NameAnswer, Never>]] = [:]
    private var queue = NameQueue()
    private var threads = 0
    /// Questions that went to a server.
    package private(set) var questions = 0

    /// It asks the servers of resolv.conf(5), so that the system's other ways to names count too.
    package nonisolated var asksSystem: Bool { servers == nil }

    /// nil asks the servers of resolv.conf(5), which is read anew for each question.
    package init(server: PeerAddress? = nil, limits: Limits = Limits()) {
        servers = server.map(NameServers.init(one:))
        self.limits = limits
        cache = NameCache(mostEntries: limits.mostEntries, mostOctets: limits.mostOctets)
    }

    /// Ends within twice the patience, whatever the servers do. Names are ASCII (A-labels), with or without a final dot.
    package func lookup(_ kind: DNSRecord.Kind, _ name: String) async -> NameAnswer {
        guard let name = DNSName(name) else { return .noName }
        let key = NameCache.Key(kind: kind, name: name.text)
        if let known = cache.answer(to: key) { return known }
        return await withCheckedContinuation { continuation in
            guard waiting[key] == nil else { return waiting[key, default: []].append(continuation) }
            guard threads < limits.mostThreads || queue.count < limits.mostWaiting else {
                return continuation.resume(returning: .failed("too many names are being looked up"))
            }
            waiting[key] = [continuation]
            queue.append(NameQueue.Item(key: key, name: name, deadline: .after(milliseconds: limits.patience)))
            startThreads()
        }
    }

    private func startThreads() {
        while threads < limits.mostThreads, let item = queue.popFirst() {
            guard !item.deadline.hasPassed else {
                answer(item.key, .failed("too many names are being looked up"))
                continue
            }
            threads += 1
            questions += 1
            let chase = NameChase(servers: servers, patience: limits.patience)
            Task {
                let result = await BlockingThread.run { chase.follow(item.name, item.key.kind) }
                finish(item.key, result)
            }
        }
    }

    private func finish(_ key: NameCache.Key, _ result: NameChase.Result) {
        threads -= 1
        cache.remember(result.answer, to: key, seconds: memory(of: result))
        answer(key, result.answer)
        startThreads()
    }

    private func answer(_ key: NameCache.Key, _ answer: NameAnswer) {
        for continuation in waiting.removeValue(forKey: key) ?? [] { continuation.resume(returning: answer) }
    }

    private func memory(of result: NameChase.Result) -> UInt32 {
        switch result.answer {
        case .found: min(result.seconds ?? 0, limits.longestMemory)
        case .noName, .noData: min(result.seconds ?? limits.failureMemory, limits.longestAbsence)
        case .failed: limits.failureMemory
        }
    }
}

/// First in, first out.
struct NameQueue {
    struct Item: Sendable {
        let key: NameCache.Key
        let name: DNSName
        let deadline: Deadline
    }

    private var items: [Item] = []
    private var start = 0

    var count: Int { items.count - start }

    mutating func append(_ item: Item) { items.append(item) }

    mutating func popFirst() -> Item? {
        guard start < items.count else { return nil }
        defer {
            start += 1
            if start * 2 > items.count {
                items.removeFirst(start)
                start = 0
            }
        }
        return items[start]
    }
}
