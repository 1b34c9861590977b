import Glibc
import MailDial
import Synchronization

@testable import MailFilter

/// A filter on a real socket that does what its script says, and remembers what it was told.
final class ScriptedMilter: Sendable {
    enum Act: Sendable {
        case say([MilterPacket])
        case raw([UInt8])
        case nothing
        case close
    }

    let port: Int
    private let listener: Int32
    private let heard = Mutex<[MilterPacket]>([])
    private let calls = Mutex(0)
    private let script: @Sendable (MilterPacket) -> Act

    /// `options`: the answer to the negotiation; nil leaves that to the script.
    init(options: MilterOptions? = .offerless, _ script: @escaping @Sendable (MilterPacket) -> Act) throws {
        self.script = { packet in
            if packet.letter == UInt8(ascii: "O"), let options { return .say([options.packet]) }
            return script(packet)
        }
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let done = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                bind(descriptor, plain, size) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, plain, &size) == 0
            }
        }
        struct NoSocket: Error {}
        guard done else { throw NoSocket() }
        port = Int(UInt16(bigEndian: address.sin_port))
        Task.detached { [self] in await BlockingThread.run { self.serve() } }
    }

    var address: MilterAddress { .tcp(host: "127.0.0.1", port: port) }
    /// The letters of what was told, macros left out.
    var letters: String {
        String(decoding: heard.withLock { $0.map(\.letter) }.filter { $0 != UInt8(ascii: "D") }, as: UTF8.self)
    }
    func told(_ letter: Character) -> [String] {
        heard.withLock { $0.filter { $0.letter == letter.asciiValue }.map { String(decoding: $0.data, as: UTF8.self) } }
    }
    var connections: Int { calls.withLock { $0 } }

    /// Ends `serve`, which alone closes the socket: its number is another test's socket the moment it is free.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve() {
        defer { close(listener) }
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            calls.withLock { $0 += 1 }
            Task.detached { [self] in
                await BlockingThread.run {
                    self.converse(client)
                    close(client)
                }
            }
        }
    }

    private func converse(_ client: Int32) {
        while let header = read(client, 4), let length = MilterPacket.length(header),
            let content = read(client, length),
            let packet = MilterPacket(content: content)
        {
            heard.withLock { $0.append(packet) }
            guard packet.letter != UInt8(ascii: "D"), packet.letter != UInt8(ascii: "A") else { continue }
            switch script(packet) {
            case .say(let packets): write(client, packets.flatMap(\.bytes))
            case .raw(let bytes): write(client, bytes)
            case .nothing: break
            case .close: return
            }
        }
    }

    private func read(_ client: Int32, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes { recv(client, $0.baseAddress.map { $0 + done }, count - done, 0) }
            guard got > 0 else { return nil }
            done += got
        }
        return bytes
    }

    private func write(_ client: Int32, _ bytes: [UInt8]) {
        _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}

extension MilterOptions {
    /// Wants everything, answers everything, may do everything.
    static let offerless = MilterOptions(version: 6, actions: .all, steps: [])

    var packet: MilterPacket {
        MilterPacket("O", [version, actions.rawValue, steps.rawValue].flatMap(MilterPacket.octets))
    }
}
