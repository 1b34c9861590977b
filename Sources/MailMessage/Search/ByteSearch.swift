internal import CGlibc

/// Whether bytes occur in bytes.
package enum ByteSearch {
    package static func contains(_ text: [UInt8], _ needle: [UInt8]) -> Bool {
        guard !needle.isEmpty else { return true }
        guard text.count >= needle.count else { return false }
        return text.withUnsafeBytes { contains($0, needle) }
    }

    static func contains(_ text: UnsafeRawBufferPointer, _ needle: [UInt8]) -> Bool {
        needle.withUnsafeBytes { contains(text, $0) }
    }

    static func contains(_ text: UnsafeRawBufferPointer, _ needle: UnsafeRawBufferPointer) -> Bool {
        memmem(text.baseAddress, text.count, needle.baseAddress, needle.count) != nil
    }
}
