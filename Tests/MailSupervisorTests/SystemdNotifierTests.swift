import Glibc
import Testing

@testable import MailSupervisor

@Suite struct SystemdNotifierTests {
    @Test func aLineBreakCannotBecomeAnAssignment() {
        let bytes = SystemdNotifier.message(["READY=1", "STATUS=a\nWATCHDOG=1"])
        #expect(String(decoding: bytes, as: UTF8.self) == "READY=1\nSTATUS=a WATCHDOG=1")
    }

    @Test(arguments: [nil, "", "relative", "vsock:2:1234"] as [String?])
    func withoutASocketItSaysNothing(path: String?) {
        let notifier = SystemdNotifier(path: path)
        #expect(!notifier.isWanted)
        notifier.ready("nobody hears this")
    }

    @Test(arguments: ["/tmp/posthus-notify-test", "@posthus-notify-test"])
    func oneDatagramArrives(name: String) throws {
        let path = "\(name)-\(getpid())"
        let receiver = try #require(Self.receiver(path))
        defer {
            close(receiver)
            unlink(path)
        }
        SystemdNotifier(path: path).ready("Serving")
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = recv(receiver, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == "READY=1\nSTATUS=Serving")
    }

    private static func receiver(_ path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        guard let (address, length) = SystemdNotifier.address(path) else { return nil }
        let bound = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        return bound == 0 ? descriptor : nil
    }
}
