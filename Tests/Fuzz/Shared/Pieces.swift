/// The ways one input is cut: whole, in two, and in small pieces.
enum Pieces {
    /// `choice` says where the two halves meet and how small the pieces are.
    static func cuts(of bytes: [UInt8], _ choice: UInt8) -> [[ArraySlice<UInt8>]] {
        let middle = Int(choice) % (bytes.count + 1)
        return [[bytes[..<middle], bytes[middle...]], small(bytes, 1 + Int(choice) % 7)]
    }

    /// Pieces of one length; long input in a thousand at most, so that the cost stays linear with a small factor.
    static func small(_ bytes: [UInt8], _ length: Int) -> [ArraySlice<UInt8>] {
        let step = max(length, bytes.count / 1_000)
        return stride(from: 0, to: bytes.count, by: step).map { bytes[$0..<min($0 + step, bytes.count)] }
    }
}
