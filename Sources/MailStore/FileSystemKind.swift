internal import CGlibc
internal import Glibc

/// Whether a folder lies on a file system of another machine. SQLite's log needs shared memory and locks that hold, and a
/// sync that reaches the disk: over a network one of them is missing, and mail is lost.
enum FileSystemKind {
    /// The kernel's numbers (statfs(2)) of file systems that are reached over a network.
    private static let remote: [UInt32: String] = [
        0x6969: "NFS", 0x517b: "SMB", 0xff53_4d42: "CIFS", 0xfe53_4d42: "SMB 2", 0x0102_1997: "9P", 0x5346_414f: "AFS",
        0x6b41_4653: "AFS", 0x00c3_6400: "Ceph", 0x0bd0_0bd0: "Lustre", 0x7375_7245: "Coda", 0x0116_1970: "GFS2",
        0x7461_636f: "OCFS2", 0x4750_4653: "GPFS",
    ]

    /// What it is called; nil for a local one.
    static func remoteName(_ number: UInt32) -> String? { remote[number] }

    /// Throws `.invalid` for a folder on a network file system, or where that cannot be told.
    static func requireLocal(_ path: String) throws {
        let number = cglibc_file_system(path)
        guard number >= 0 else { throw StoreError.system("statfs", path, errno: errno) }
        guard let name = remoteName(UInt32(truncatingIfNeeded: number)) else { return }
        throw StoreError.invalid(
            "\(path) is on \(name): a store needs a local disk, since locks and syncs over a network lose mail")
    }
}
