import Glibc
internal import MailCrypto
internal import MailDomainAuth

/// Policies that were fetched, one file for each domain, so that a restart does not forget what a domain demands (RFC 8461 §3.3:
/// the memory of it is what protects from somebody who withholds the policy).
struct STSCache: Sendable {
    struct Entry: Sendable, Equatable {
        let id: String
        /// Seconds since 1970.
        let fetchedAt: Int64
        let policy: STSPolicy

        func isLive(at now: Int64) -> Bool {
            fetchedAt <= now && now - fetchedAt < Int64(policy.maximumAge)
        }
    }

    private static let mark = "posthus-sts 1"
    private static let largest = STSPolicy.largest + 256
    private static let longestName = 200
    /// Files in the folder. Beyond, those that were fetched the longest ago go, a tenth at a time: one in use is fetched again each day.
    static let mostFiles = RoutingSettings.mostPolicyFiles

    let folder: String
    let mostFiles: Int

    init(folder: String, mostFiles: Int = mostFiles) { (self.folder, self.mostFiles) = (folder, mostFiles) }

    func entry(of domain: String) -> Entry? {
        guard let path = path(of: domain) else { return nil }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var block = [UInt8](repeating: 0, count: Self.largest)
        var count = 0
        while count < block.count {
            let (start, space) = (count, block.count - count)
            let more = block.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: start), space)
            }
            guard more >= 0 else { return nil }
            if more == 0 { break }
            count += more
        }
        return Self.parse(Array(block.prefix(count)))
    }

    /// Whole or not at all; what cannot be written is fetched again after the next start.
    func keep(_ id: String, _ file: [UInt8], of domain: String, at now: Int64) {
        guard let path = path(of: domain) else { return }
        mkdir(folder, 0o700)
        if access(path, F_OK) != 0 { makeRoom() }
        let temporary = "\(folder)/.\(Hex.encode(randomBytes(8)))"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let bytes = Array("\(Self.mark) \(id) \(now)\n".utf8) + file
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count
        close(descriptor)
        if !isWritten || rename(temporary, path) != 0 { unlink(temporary) }
    }

    func forget(_ domain: String) {
        if let path = path(of: domain) { unlink(path) }
    }

    private func makeRoom() {
        let files = Self.files(in: folder)
        guard files.count >= mostFiles else { return }
        let surplus = files.count - mostFiles + max(1, mostFiles / 10)
        for file in files.sorted(by: { $0.writtenAt < $1.writtenAt }).prefix(surplus) { unlink(file.path) }
    }

    /// What a crash has left half written is among them.
    private static func files(in folder: String) -> [(path: String, writtenAt: Int)] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var files: [(path: String, writtenAt: Int)] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var status = stat()
            let path = "\(folder)/\(name)"
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            files.append((path, status.st_mtim.tv_sec))
        }
        return files
    }

    private func path(of domain: String) -> String? {
        guard (1...Self.longestName).contains(domain.utf8.count), !domain.hasPrefix("."), !domain.contains("/") else {
            return nil
        }
        return "\(folder)/\(domain)"
    }

    static func parse(_ octets: [UInt8]) -> Entry? {
        guard let end = octets.firstIndex(of: 0x0a) else { return nil }
        let words = String(decoding: octets[..<end], as: UTF8.self).split(separator: " ")
        guard words.count == 4, words[0] + " " + words[1] == mark, let moment = Int64(words[3]),
            let policy = STSPolicy(Array(octets[(end + 1)...]))
        else { return nil }
        return Entry(id: String(words[2]), fetchedAt: moment, policy: policy)
    }
}
