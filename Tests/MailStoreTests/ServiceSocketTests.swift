import Foundation
import Synchronization
import Testing

@testable import MailStore

@Suite struct ServiceSocketTests {
    private let store = NSTemporaryDirectory() + "service-" + UUID().uuidString

    private func call() -> ServiceCall { ServiceCall(store: store, name: "x.sock") }

    private func open(slots: Int = 4, _ answer: @escaping @Sendable ([UInt8]) -> [UInt8]) throws -> ServiceSocket {
        try FileManager.default.createDirectory(atPath: store + "/run", withIntermediateDirectories: true)
        let socket = ServiceSocket(store: store, name: "x.sock", slots: slots)
        try socket.open(answer)
        return socket
    }

    @Test(arguments: [0, 1, 65_535, FrameStream.largest]) func frames(count: Int) throws {
        let socket = try open { Array($0.reversed()) }
        let frame = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        #expect(call().ask(frame, seconds: 20) == Array(frame.reversed()))
        socket.close()
        try FileManager.default.removeItem(atPath: store)
    }

    @Test func whatIsTooLarge() throws {
        let socket = try open { _ in [UInt8](repeating: 0, count: FrameStream.largest + 1) }
        #expect(call().ask([UInt8](repeating: 0, count: FrameStream.largest + 1), seconds: 20) == nil)
        #expect(call().ask([1], seconds: 20) == nil)
        socket.close()
        try FileManager.default.removeItem(atPath: store)
    }

    @Test func onlyTheOwner() throws {
        let socket = try open { $0 }
        var status = stat()
        #expect(stat(store + "/run/x.sock", &status) == 0 && status.st_mode & 0o777 == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: store + "/run") == ["x.sock"])
        socket.close()
        try FileManager.default.removeItem(atPath: store)
    }

    /// The one who comes later has the name, whatever the one before does when it goes.
    @Test func aSuccessor() throws {
        let first = try open { _ in [1] }
        #expect(call().ask([], seconds: 20) == [1])
        let second = try open { _ in [2] }
        #expect(call().ask([], seconds: 20) == [2])
        first.close()
        #expect(call().ask([], seconds: 20) == [2])
        second.close()
        try FileManager.default.removeItem(atPath: store)
    }

    /// So many at a time; the others wait and are answered.
    @Test func slots() async throws {
        let (now, most) = (Shared(0), Shared(0))
        let socket = try open(slots: 2) { frame in
            let count = now.value.withLock { value in
                value += 1
                return value
            }
            most.value.withLock { $0 = max($0, count) }
            usleep(20_000)
            now.value.withLock { $0 -= 1 }
            return frame
        }
        let answers = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<12 {
                let call = call()
                group.addTask {
                    await withCheckedContinuation { continuation in
                        Thread.detachNewThread {
                            let frame = [UInt8(truncatingIfNeeded: number)]
                            continuation.resume(returning: call.ask(frame, seconds: 30) == frame)
                        }
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 12 && answers.allSatisfy { $0 } && most.value.withLock { $0 } <= 2)
        socket.close()
        try FileManager.default.removeItem(atPath: store)
    }

    /// What takes longer than a request may is answered all the same: programs and providers do.
    @Test func aSlowAnswer() throws {
        let socket = try open { frame in
            usleep(UInt32(ServiceSocket.patience + 1) * 1_000_000)
            return frame
        }
        #expect(call().ask([7], seconds: 60) == [7])
        socket.close()
        try FileManager.default.removeItem(atPath: store)
    }

    private final class Shared: Sendable {
        let value: Mutex<Int>
        init(_ value: Int) { self.value = Mutex(value) }
    }

    /// Nobody there, and somebody who says nothing: an end comes in time.
    @Test func nobody() throws {
        #expect(call().ask([1], seconds: 1) == nil)
        let socket = try open { frame in
            usleep(3_000_000)
            return frame
        }
        let start = ContinuousClock.now
        #expect(call().ask([1], seconds: 1) == nil)
        #expect(ContinuousClock.now - start < .seconds(2.5))
        socket.close()
    }
}
