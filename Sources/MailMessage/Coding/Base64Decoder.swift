/// RFC 2045 §6.8: whatever is not in the alphabet is passed over; "=" ends a group, and another may follow.
struct Base64Decoder: Sendable {
    private static let skip: UInt8 = 0xff
    private static let pad: UInt8 = 0xfe
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: skip, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = UInt8(truncatingIfNeeded: value) }
        values[Int(UInt8(ascii: "="))] = pad
        return values
    }()

    private var group: UInt32 = 0
    private var count = 0

    mutating func consume(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        output.reserveCapacity(output.count + bytes.count / 4 * 3 + 3)
        Self.values.withUnsafeBufferPointer { values in
            for byte in bytes {
                let value = values[Int(byte)]
                guard value < 64 else {
                    if value == Self.pad { finish(into: &output) }
                    continue
                }
                group = group << 6 | UInt32(value)
                count += 1
                if count == 4 { flush(into: &output) }
            }
        }
    }

    private mutating func flush(into output: inout [UInt8]) {
        output.append(UInt8(truncatingIfNeeded: group >> 16))
        output.append(UInt8(truncatingIfNeeded: group >> 8))
        output.append(UInt8(truncatingIfNeeded: group))
        (group, count) = (0, 0)
    }

    /// An incomplete group gives the whole bytes it holds.
    mutating func finish(into output: inout [UInt8]) {
        if count == 2 { output.append(UInt8(truncatingIfNeeded: group >> 4)) }
        if count == 3 {
            output.append(UInt8(truncatingIfNeeded: group >> 10))
            output.append(UInt8(truncatingIfNeeded: group >> 2))
        }
        (group, count) = (0, 0)
    }
}
