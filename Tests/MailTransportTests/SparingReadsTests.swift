import NIOCore
import Testing

@testable import MailTransport

@Suite struct SparingReadsTests {
    /// The channel keeps only the first buffer; it must never read into it again.
    @Test func onlyTheFirstBufferIsSmall() {
        var reads = SparingReads(smallest: 512, largest: 65_536)
        let allocator = ByteBufferAllocator()
        #expect(reads.nextBufferSize() == nil)
        #expect(reads.buffer(allocator: allocator).capacity == SparingReads.firstRead)
        let mayGrow = reads.record(actualReadBytes: SparingReads.firstRead)
        #expect(mayGrow)
        #expect(reads.buffer(allocator: allocator).capacity == 512)
    }

    @Test func sizesFollowWhatComes() {
        var reads = SparingReads(smallest: 512, largest: 4_096)
        let mayGrow = (0..<20).map { _ in reads.record(actualReadBytes: 65_536) }
        #expect(mayGrow.allSatisfy { $0 })
        #expect(reads.buffer(allocator: ByteBufferAllocator()).capacity == 4_096)
    }
}
