internal import MailMessage
internal import MailShared

/// Takes in a message piece by piece: in memory up to 256 KiB, then in a file; parsed as it comes. One owner at a time.
package final class MessageSpool: @unchecked Sendable {
    /// How much is collected before it is written to the file.
    static let chunkSize = 256 << 10
    /// The same when all spools together hold too much.
    static let crowdedChunkSize = 4 << 10

    private let directory: String
    private let threads: StoreThreads
    private let memory: SpoolMemory
    private var buffer: [UInt8] = []
    private var file: SpoolFile?
    private var parser = MessageParser()
    private var digest = ContentDigest()
    package private(set) var size: Int64 = 0

    init(in directory: String, threads: StoreThreads, memory: SpoolMemory) {
        self.directory = directory
        self.threads = threads
        self.memory = memory
    }

    deinit { memory.give(buffer.count) }

    package func append(_ bytes: [UInt8]) async throws(StoreError) { try await append(bytes[...]) }

    package func append(_ bytes: ArraySlice<UInt8>) async throws(StoreError) {
        bytes.withUnsafeBytes {
            parser.consume($0)
            digest.consume($0)
        }
        buffer += bytes
        memory.take(bytes.count)
        size += Int64(bytes.count)
        if isFull { try await writeBuffer() }
    }

    private var isFull: Bool {
        if memory.isCrowded { return buffer.count >= Self.crowdedChunkSize }
        return size >= Int64(MessageBody.fileThreshold) && buffer.count >= Self.chunkSize
    }

    /// Durable when it is a large one. The spool is empty afterwards. `parked` keeps a small one out of memory until it is
    /// stored; `isFinal` is false for one that may become another yet, and is not synced: see `MailStore.synchronise`.
    package func finish(parked: Bool = false, isFinal: Bool = true) async throws(StoreError) -> StorableMessage {
        let parsed = parser.finish()
        let isLarge = size >= Int64(MessageBody.fileThreshold)
        guard isLarge || parked else {
            let bytes = try await readBack() + buffer
            defer { discard() }
            return StorableMessage(body: .inline(bytes), parsed: parsed, digest: digest.value, spoolFile: nil)
        }
        if !buffer.isEmpty { try await writeBuffer() }
        guard let file else { throw .closed }
        if isLarge, isFinal { try await synchronise(file) }
        defer { discard() }
        return StorableMessage(
            body: .file(path: file.path, size: size), parsed: parsed, digest: digest.value, spoolFile: file.name)
    }

    private func synchronise(_ file: SpoolFile) async throws(StoreError) {
        try await threads.run { [metrics = threads.metrics] in
            let watch = Stopwatch()
            try file.handle.synchronise()
            metrics.observe(.sync, watch.microseconds)
        }
    }

    /// Forgets everything; the file goes with it.
    package func discard() {
        memory.give(buffer.count)
        buffer = []
        file = nil
        parser = MessageParser()
        digest = ContentDigest()
        size = 0
    }

    /// A small message that went to a file for want of memory.
    private func readBack() async throws(StoreError) -> [UInt8] {
        guard let file else { return [] }
        let count = Int(size) - buffer.count
        let bytes = try await threads.run { try file.handle.read(at: 0, count: count) }
        guard bytes.count == count else { throw .inputOutput("\(file.path): ended too early") }
        return bytes
    }

    private func writeBuffer() async throws(StoreError) {
        let bytes = buffer
        let known = file
        memory.give(bytes.count)
        buffer = []
        file = try await threads.run { [directory] in
            let file = try known ?? SpoolFile(in: directory)
            try bytes.withUnsafeBytes { try file.handle.write($0) }
            return file
        }
    }
}
