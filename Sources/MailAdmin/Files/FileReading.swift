import Glibc

/// A file read line by line with constant memory but for the line.
struct LineReader: ~Copyable {
    private static let blockSize = 1 << 18

    private let path: String
    private let handle: Int32
    private let isOwned: Bool
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    /// Bytes handed out so far.
    private(set) var position: Int64 = 0

    /// `-` is standard input.
    init(path: String) throws(AdminError) {
        self.path = path
        isOwned = path != "-"
        handle = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { throw .file(path: path, code: errno) }
        var status = stat()
        guard fstat(handle, &status) == 0 else { throw .file(path: path, code: errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .file(path: path, code: EISDIR) }
    }

    deinit { if isOwned { close(handle) } }

    /// The next line with its end; nil at the end of the file.
    mutating func next() throws(AdminError) -> ArraySlice<UInt8>? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0a) { return take(upTo: end + 1) }
            searched = buffer.count
            if isAtEnd { return start < buffer.count ? take(upTo: buffer.count) : nil }
            let before = buffer.count - start
            try fill()
            searched = start + before
        }
    }

    private mutating func take(upTo end: Int) -> ArraySlice<UInt8> {
        let line = buffer[start..<end]
        position += Int64(line.count)
        start = end
        return line
    }

    private mutating func fill() throws(AdminError) {
        buffer.removeFirst(start)
        start = 0
        let used = buffer.count
        buffer += [UInt8](repeating: 0, count: Self.blockSize)
        let count = buffer.withUnsafeMutableBytes { read(handle, $0.baseAddress?.advanced(by: used), Self.blockSize) }
        guard count >= 0 else {
            buffer.removeLast(Self.blockSize)
            if errno == EINTR { return }
            throw .file(path: path, code: errno)
        }
        buffer.removeLast(Self.blockSize - count)
        isAtEnd = count == 0
    }
}

/// Whole small files, and what a folder holds.
enum FileSystem {
    static func bytes(of path: String) throws(AdminError) -> [UInt8] {
        let handle = open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { throw .file(path: path, code: errno) }
        defer { close(handle) }
        var result: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = block.withUnsafeMutableBytes { read(handle, $0.baseAddress, $0.count) }
            if count == 0 { return result }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file(path: path, code: errno) }
            result += block[..<count]
        }
    }

    static func names(in folder: String) throws(AdminError) -> [String] {
        guard let stream = opendir(folder) else { throw .file(path: folder, code: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func size(_ path: String) -> Int64? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(status.st_size)
    }

    static func changedAt(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_mtim.tv_sec) : nil
    }

    static func makeFolder(_ path: String) throws(AdminError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .file(path: path, code: errno) }
    }
}
