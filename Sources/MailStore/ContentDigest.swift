/// XXH64 with seed 0 over bytes that come in pieces: finds damaged bodies at memory speed. Not a cryptographic hash.
package struct ContentDigest: Sendable {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5
    private static let stripe = 32

    private var lanes: SIMD4<UInt64> = [prime1 &+ prime2, prime2, 0, 0 &- prime1]
    private var rest: [UInt8] = []
    private var length: UInt64 = 0

    package init() {}

    package static func of(_ bytes: [UInt8]) -> UInt64 {
        var digest = ContentDigest()
        bytes.withUnsafeBytes { digest.consume($0) }
        return digest.value
    }

    package mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var input = bytes[...]
        if !rest.isEmpty {
            let taken = input.prefix(Self.stripe - rest.count)
            rest += taken
            input = input.dropFirst(taken.count)
            guard rest.count == Self.stripe else { return }
            rest.withUnsafeBytes { mix(&lanes, $0, 0) }
            rest.removeAll(keepingCapacity: true)
        }
        let whole = UnsafeRawBufferPointer(rebasing: input)
        let end = whole.count - whole.count % Self.stripe
        var working = lanes
        for offset in stride(from: 0, to: end, by: Self.stripe) { mix(&working, whole, offset) }
        lanes = working
        rest += whole[end...]
    }

    @inline(__always)
    private func mix(_ lanes: inout SIMD4<UInt64>, _ bytes: UnsafeRawBufferPointer, _ offset: Int) {
        let input = UInt64Words(bytes, offset)
        lanes = SIMD4(
            Self.round(lanes.x, input.words.x), Self.round(lanes.y, input.words.y),
            Self.round(lanes.z, input.words.z), Self.round(lanes.w, input.words.w))
    }

    package var value: UInt64 {
        var hash = Self.prime5
        if length >= UInt64(Self.stripe) {
            hash =
                Self.rotate(lanes.x, 1) &+ Self.rotate(lanes.y, 7) &+ Self.rotate(lanes.z, 12)
                &+ Self.rotate(lanes.w, 18)
            for lane in [lanes.x, lanes.y, lanes.z, lanes.w] {
                hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
            }
        }
        return Self.avalanche(finish(hash &+ length))
    }

    private func finish(_ start: UInt64) -> UInt64 {
        var hash = start
        rest.withUnsafeBytes { bytes in
            var offset = 0
            while offset + 8 <= bytes.count {
                hash ^= Self.round(
                    0, UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
                hash = Self.rotate(hash, 27) &* Self.prime1 &+ Self.prime4
                offset += 8
            }
            if offset + 4 <= bytes.count {
                let word = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                hash ^= UInt64(word) &* Self.prime1
                hash = Self.rotate(hash, 23) &* Self.prime2 &+ Self.prime3
                offset += 4
            }
            for byte in bytes[offset...] {
                hash = Self.rotate(hash ^ (UInt64(byte) &* Self.prime5), 11) &* Self.prime1
            }
        }
        return hash
    }

    private static func avalanche(_ start: UInt64) -> UInt64 {
        var hash = start
        hash = (hash ^ (hash >> 33)) &* prime2
        hash = (hash ^ (hash >> 29)) &* prime3
        return hash ^ (hash >> 32)
    }

    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotate(lane &+ input &* prime2, 31) &* prime1
    }

    private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 { (value &<< bits) | (value &>> (64 - bits)) }
}

/// Four little-endian words of one stripe.
private struct UInt64Words {
    let words: SIMD4<UInt64>

    init(_ bytes: UnsafeRawBufferPointer, _ offset: Int) {
        words = SIMD4(
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)),
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)),
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self)))
    }
}
