import Foundation
import Testing

@testable import MailShared

@Suite struct SharedRegionTests {
    /// The same memory a second time, as an inherited descriptor would show it.
    private func again(_ region: SharedRegion) throws -> SharedRegion {
        try SharedRegion(descriptor: dup(region.descriptor))
    }

    @Test func twoMappingsAreOneMemory() throws {
        let first = try SharedRegion.create()
        let second = try again(first)
        first.failures.store(7, at: 3)
        #expect(second.failures.load(3) == 7)
        #expect(second.failures.compareExchange(at: 3, expected: 7, desired: 8))
        #expect(first.failures.load(3) == 8 && first.known.load(3) == 0)
    }

    @Test func sectionsDoNotOverlap() throws {
        let region = try SharedRegion.create()
        let sections =
            [region.failures, region.known, region.verifications]
            + (0..<SharedLayout.slots).flatMap { [region.metrics(slot: $0), region.connections(slot: $0)] }
        for (number, section) in sections.enumerated() {
            section.store(UInt64(number + 1), at: 0)
            section.store(UInt64(number + 1), at: section.count - 1)
        }
        for (number, section) in sections.enumerated() {
            #expect(section.load(0) == UInt64(number + 1) && section.load(section.count - 1) == UInt64(number + 1))
        }
        #expect(try again(region).liveSlots == 0)
    }

    @Test func aReleasedSlotCountsNothing() throws {
        let region = try SharedRegion.create()
        for slot in [0, 5, 63] {
            region.claim(slot: slot)
            for index in [0, 1, 512, 9_999] { region.connections(slot: slot).store(9, at: index) }
            region.metrics(slot: slot).store(9, at: 0)
        }
        #expect(region.liveSlots == 0x8000_0000_0000_0021 as UInt64)
        region.release(slot: 5)
        #expect(region.liveSlots == 0x8000_0000_0000_0001 as UInt64)
        #expect([0, 1, 512, 9_999].allSatisfy { region.connections(slot: 5).load($0) == 0 })
        #expect(region.connections(slot: 63).load(9_999) == 9 && region.metrics(slot: 5).load(0) == 9)
        region.claim(slot: 63)
        #expect(region.connections(slot: 63).load(9_999) == 0)
    }

    @Test(arguments: [-1, 64, .max, .min])
    func noSuchSlot(_ slot: Int) throws {
        let region = try SharedRegion.create()
        region.claim(slot: slot)
        region.release(slot: slot)
        #expect(region.liveSlots == 0 && region.metrics(slot: slot).count == 0)
        #expect(region.connections(slot: slot).count == 0)
    }

    @Test func theSizeIsSealed() throws {
        let region = try SharedRegion.create()
        #expect(ftruncate(region.descriptor, 4_096) == -1 && errno == EPERM)
        #expect(ftruncate(region.descriptor, 1 << 40) == -1)
    }

    @Test func nothingElseIsAdopted() throws {
        #expect(throws: SharedRegionError.system("fstat", EBADF)) { try SharedRegion(descriptor: -1) }
        let path = FileManager.default.temporaryDirectory.appending(path: "posthus-region-\(UUID())").path
        let file = open(path, O_CREAT | O_EXCL | O_RDWR, 0o600)
        unlink(path)
        defer { close(file) }
        #expect(throws: SharedRegionError.notOurs) { try SharedRegion(descriptor: file) }
        ftruncate(file, SharedLayout.words * 8)
        #expect(throws: SharedRegionError.notOurs) { try SharedRegion(descriptor: file) }
    }

    @Test func anotherLayoutIsRefused() throws {
        let region = try SharedRegion.create()
        let copy = dup(region.descriptor)
        defer { close(copy) }
        var number: UInt64 = 99
        pwrite(copy, &number, 8, 8)
        #expect(throws: SharedRegionError.otherVersion(99)) { try SharedRegion(descriptor: copy) }
        pwrite(copy, &number, 8, 0)
        #expect(throws: SharedRegionError.notOurs) { try SharedRegion(descriptor: copy) }
    }
}
