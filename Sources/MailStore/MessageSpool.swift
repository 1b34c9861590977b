internal import MailMessage
internal import MailShared

/// Takes in a message piece by piece: in memory up to 256 KiB, then in a file; parsed as it comes. One owner at a time.
package final class MessageSpool: @unchecked Sendable {
    /// How much is collected before it is written to the file.
    static let chunkSize = 256 << 10

    private let directory: String
    private let threads: StoreThreads
    private var buffer: [UInt8] = []
    private var file: SpoolFile?
    private var parser = MessageParser()
    private var digest = ContentDigest()
    package private(set) var size: Int64 = 0

    init(in directory: String, threads: StoreThreads) {
        self.directory = directory
        self.threads = threads
    }

    package func append(_ bytes: [UInt8]) async throws(StoreError) { try await append(bytes[...]) }

    package func append(_ bytes: ArraySlice<UInt8>) async throws(StoreError) {
        bytes.withUnsafeBytes {
            parser.consume($0)
            digest.consume($0)
        }
        buffer += bytes
        size += Int64(bytes.count)
        if size >= Int64(MessageBody.fileThreshold), buffer.count >= Self.chunkSize { try await writeBuffer() }
    }

    /// Durable when it is a file. The spool is empty afterwards.
    package func finish() async throws(StoreError) -> StorableMessage {
        let parsed = parser.finish()
        guard size >= Int64(MessageBody.fileThreshold) else {
            let bytes = buffer
            defer { discard() }
            return StorableMessage(body: .inline(bytes), parsed: parsed, digest: digest.value, spoolFile: nil)
        }
        if !buffer.isEmpty { try await writeBuffer() }
        guard let file else { throw .closed }
        try await threads.run { [metrics = threads.metrics] in
            let watch = Stopwatch()
            try file.handle.synchronise()
            metrics.observe(.sync, watch.microseconds)
        }
        defer { discard() }
        return StorableMessage(
            body: .file(path: file.path, size: size), parsed: parsed, digest: digest.value, spoolFile: file)
    }

    /// Forgets everything; the file goes with it.
    package func discard() {
        buffer = []
        file = nil
        parser = MessageParser()
        digest = ContentDigest()
        size = 0
    }

    private func writeBuffer() async throws(StoreError) {
        let bytes = buffer
        let known = file
        buffer = []
        file = try await threads.run { [directory] in
            let file = try known ?? SpoolFile(in: directory)
            try bytes.withUnsafeBytes { try file.handle.write($0) }
            return file
        }
    }
}
