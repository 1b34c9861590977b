import Glibc
package import MailCrypto

/// The keys of a store's domains: `keys/dkim/DOMAIN/SELECTOR.pem` for the private halves, and beside them `keys`, which says what each
/// of them is for. Readable by the store's owner alone; whatever is written is whole and durable.
package struct DKIMKeyFolder: Sendable {
    package enum Fault: Error, Sendable, Equatable {
        case file(path: String, errno: Int32)
        case damaged(path: String)
        case key(SigningKeyError)
    }

    private static let longestSelector = 63
    private static let largestKey = 16_384
    private static let table = "keys"

    package let path: String

    package init(store: String) { path = store + "/keys/dkim" }

    /// One label, so that it names no other folder and needs no quoting.
    package static func isSelector(_ text: String) -> Bool {
        text.utf8.count <= longestSelector && isName(text) && !text.contains(".")
    }

    /// A-labels in lower case.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix(".") && !text.hasPrefix("-")
            && text.utf8.allSatisfy { octet in
                (0x61...0x7a).contains(octet) || (0x30...0x39).contains(octet) || octet == 0x2d || octet == 0x2e
                    || octet == 0x5f
            }
    }

    /// Those that have keys, sorted.
    package func domains() -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if Self.isName(name) { names.append(name) }
        }
        return names.sorted()
    }

    /// In the order in which they were made; empty for a domain without keys.
    package func entries(of domain: String) throws(Fault) -> [DKIMKeyEntry] {
        guard let file = tablePath(of: domain) else { return [] }
        let octets: [UInt8]
        do {
            octets = try Self.read(file, atMost: DKIMKeyTable.largest)
        } catch .file(_, ENOENT) {
            return []
        }
        guard let entries = DKIMKeyTable.parse(String(decoding: octets, as: UTF8.self)) else {
            throw .damaged(path: file)
        }
        return entries
    }

    package func key(_ selector: String, of domain: String) throws(Fault) -> SigningKey {
        let file = keyPath(selector, of: domain)
        let pem = try Self.read(file, atMost: Self.largestKey)
        do { return try SigningKey(pem: pem) } catch { throw .key(error) }
    }

    /// The key is on the disk before anything names it.
    package func add(_ entry: DKIMKeyEntry, _ key: SigningKey, to domain: String) throws(Fault) {
        let pem: [UInt8]
        do { pem = try key.pem() } catch { throw .key(error) }
        let above = [String(path.dropLast("/dkim".count)), path, "\(path)/\(domain)"]
        for folder in above {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw .file(path: folder, errno: errno) }
        }
        try Self.write(pem, to: keyPath(entry.selector, of: domain))
        try replace(try entries(of: domain) + [entry], of: domain)
    }

    package func replace(_ entries: [DKIMKeyEntry], of domain: String) throws(Fault) {
        guard let file = tablePath(of: domain) else { throw .damaged(path: domain) }
        try Self.write(Array(DKIMKeyTable.text(entries).utf8), to: file)
    }

    /// What signs nothing any more needs no private half.
    package func removeKey(_ selector: String, of domain: String) { unlink(keyPath(selector, of: domain)) }

    func tablePath(of domain: String) -> String? { Self.isName(domain) ? "\(path)/\(domain)/\(Self.table)" : nil }

    private func keyPath(_ selector: String, of domain: String) -> String { "\(path)/\(domain)/\(selector).pem" }

    private static func read(_ path: String, atMost largest: Int) throws(Fault) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .file(path: path, errno: errno) }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 16_384)
        while octets.count <= largest {
            let count = Glibc.read(descriptor, &block, block.count)
            guard count >= 0 else { throw .file(path: path, errno: errno) }
            if count == 0 { return octets }
            octets += block.prefix(count)
        }
        throw .damaged(path: path)
    }

    private static func write(_ octets: [UInt8], to path: String) throws(Fault) {
        let temporary = "\(path).\(Hex.encode(randomBytes(8)))"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(path: temporary, errno: errno) }
        let isWritten = Glibc.write(descriptor, octets, octets.count) == octets.count && fsync(descriptor) == 0
        let code = isWritten ? 0 : errno
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            let reason = code == 0 ? errno : code
            unlink(temporary)
            throw .file(path: path, errno: reason)
        }
        synchronise(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    }

    private static func synchronise(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
