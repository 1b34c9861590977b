internal import Glibc

/// Directories of the store: made and synced so that they survive a power cut.
enum StoreFolder {
    static let directoryMode: mode_t = 0o700
    static let fileMode: mode_t = 0o600

    /// Makes a directory and the missing ones above it; each new one is durable in its parent.
    static func make(_ path: String) throws {
        if mkdir(path, directoryMode) == 0 { return try synchronise(parent(of: path)) }
        switch errno {
        case EEXIST: return
        case ENOENT:
            // One level at a time; a path has as many levels as it has slashes.
            let above = parent(of: path)
            guard above != path else { throw StoreError.system("mkdir", path, errno: ENOENT) }
            try make(above)
            guard mkdir(path, directoryMode) == 0 || errno == EEXIST else {
                throw StoreError.system("mkdir", path, errno: errno)
            }
            try synchronise(above)
        case let code: throw StoreError.system("mkdir", path, errno: code)
        }
    }

    /// Makes the entries of a directory durable.
    static func synchronise(_ directory: String) throws {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError.system("open", directory, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StoreError.system("fsync", directory, errno: errno) }
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func removeFile(_ path: String) { unlink(path) }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func entries(of directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Seconds since 1970 of the last change of the inode (a new hard link counts).
    static func changeTime(of path: String) -> Int64? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Int64(status.st_ctim.tv_sec)
    }
}

extension StoreFolder {
    /// Seconds since 1970 of the last change of the content.
    static func modificationTime(of path: String) -> Int64? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Int64(status.st_mtim.tv_sec)
    }

    /// Two names of one file.
    static func areSame(_ first: String, _ second: String) -> Bool {
        var (left, right) = (stat(), stat())
        guard lstat(first, &left) == 0, lstat(second, &right) == 0 else { return false }
        return left.st_ino == right.st_ino && left.st_dev == right.st_dev
    }

    static func size(of path: String) -> Int64? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Int64(status.st_size)
    }
}
