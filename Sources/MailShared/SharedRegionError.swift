/// Why shared memory cannot be made or adopted.
package enum SharedRegionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A system call and its errno.
    case system(String, Int32)
    /// Not a descriptor of shared memory of ours: magic, size or seals do not fit.
    case notOurs
    /// Made by a build with another layout: start with a new region.
    case otherVersion(UInt64)

    package var description: String {
        switch self {
        case .system(let call, let code): "\(call) of shared memory failed (errno \(code))"
        case .notOurs: "the inherited descriptor is not shared memory of this server"
        case .otherVersion(let version): "the shared memory has layout \(version), not \(SharedLayout.version)"
        }
    }
}
