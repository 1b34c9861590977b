/// Reads any part of a stored body, off the event loop where it is a file. The file is open from the start: an EXPUNGE
/// meanwhile does not disturb.
package struct MessageBodyReader: Sendable {
    package let size: Int64
    private let content: Content
    private let threads: StoreThreads

    private enum Content: Sendable {
        case bytes([UInt8])
        case file(FileHandle)
    }

    init(_ body: MessageBody, threads: StoreThreads) async throws(StoreError) {
        self.threads = threads
        size = body.size
        switch body {
        case .inline(let bytes): content = .bytes(bytes)
        case .file(let path, _): content = .file(try await threads.run { try FileHandle.openForReading(path) })
        }
    }

    /// Up to `count` bytes from `offset`; fewer only at the end.
    package func read(at offset: Int64, count: Int) async throws(StoreError) -> [UInt8] {
        guard offset >= 0, offset < size, count > 0 else { return [] }
        let wanted = Int(min(Int64(count), size - offset))
        switch content {
        case .bytes(let bytes): return Array(bytes.dropFirst(Int(offset)).prefix(wanted))
        case .file(let file): return try await threads.run { try file.read(at: offset, count: wanted) }
        }
    }
}
