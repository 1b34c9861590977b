/// A message's bytes: in hand up to 256 KiB, otherwise a file to be read in pieces off the event loop.
package enum MessageBody: Sendable, Equatable {
    case inline([UInt8])
    case file(path: String, size: Int64)

    /// From this size on a body is a file of its own (measured: STORAGE, item 1).
    package static let fileThreshold = 256 << 10

    package var size: Int64 {
        switch self {
        case .inline(let bytes): Int64(bytes.count)
        case .file(_, let size): size
        }
    }
}
