import CSQLiteHeap
import Testing

@testable import MailStore

@Suite struct SQLiteHeapTests {
    init() throws { _ = try SQLConnection(bare: ":memory:", create: true) }  // sets the heap up

    @Test func piecesAreApartAndLargeEnough() throws {
        let sizes = (1...300).map { $0 } + stride(from: 301, through: 20_000, by: 97)
        let pieces = try sizes.map { size in
            let piece = try #require(csqliteheap_allocate(Int32(size)))
            #expect(Int(csqliteheap_size(piece)) >= size && Int(bitPattern: piece).isMultiple(of: 16))
            piece.initializeMemory(as: UInt8.self, repeating: UInt8(truncatingIfNeeded: size), count: size)
            return piece
        }
        for (size, piece) in zip(sizes, pieces) {
            let bytes = UnsafeRawBufferPointer(start: piece, count: size)
            #expect(bytes.allSatisfy { $0 == UInt8(truncatingIfNeeded: size) }, "\(size)")
            csqliteheap_free(piece)
        }
    }

    /// From one size to another, into what is malloc's, and back.
    @Test func resizingKeepsWhatIsThere() throws {
        var piece = try #require(csqliteheap_allocate(24))
        piece.initializeMemory(as: UInt8.self, repeating: 7, count: 24)
        for size: Int32 in [30, 32, 500, 8_192, 8_193, 100_000, 9_000, 4_376, 24] {
            piece = try #require(csqliteheap_resize(piece, size))
            #expect(UnsafeRawBufferPointer(start: piece, count: 24).allSatisfy { $0 == 7 }, "\(size)")
        }
        csqliteheap_free(piece)
    }

    /// Other tests use databases meanwhile, but not as many.
    @Test func whatIsGivenBackIsNoLongerHeld() throws {
        let (before, count, size) = (csqliteheap_spans(), 40_000, Int32(1_000))
        let pieces = try (0..<count).map { _ in try #require(csqliteheap_allocate(size)) }
        let most = csqliteheap_spans()
        #expect(most > before + 400)
        for piece in pieces { csqliteheap_free(piece) }
        csqliteheap_trim()
        #expect(csqliteheap_spans() < most - 400)
        let again = try #require(csqliteheap_allocate(size))
        again.initializeMemory(as: UInt8.self, repeating: 1, count: Int(size))
        csqliteheap_free(again)
    }
}
