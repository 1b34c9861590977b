import NIOPosix

/// Threads for blocking work without state: crypt(3), name lookups, file reads.
package final class BlockingPool: Sendable {
    private let pool: NIOThreadPool
    package let threads: Int

    package init(threads: Int = 2) {
        self.threads = max(1, threads)
        pool = NIOThreadPool(numberOfThreads: self.threads)
        pool.start()
    }

    /// Runs the body on one of the threads. Throws `CancellationError` after `shutDown`.
    package func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<T, any Error>) in
            pool.submit { state in
                switch state {
                case .active: continuation.resume(with: Result { try body() })
                case .cancelled: continuation.resume(throwing: CancellationError())
                }
            }
        }
    }

    /// What waits is cancelled; what runs finishes.
    package func shutDown() async {
        try? await pool.shutdownGracefully()
    }

    deinit { pool.shutdownGracefully { _ in } }
}
