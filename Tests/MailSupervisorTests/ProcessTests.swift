import Glibc
import Testing

@testable import MailSupervisor

@Suite struct ProcessTests {
    @Test func messagesStayWhole() throws {
        let (ours, theirs) = try ControlChannel.pair()
        defer { ours.close() }
        #expect(theirs.receive() == .nothing)
        #expect(ours.send([1, 2, 3]) && ours.send([4]))
        #expect(theirs.receive() == .message([1, 2, 3]) && theirs.receive() == .message([4]))
        #expect(!ours.send([UInt8](repeating: 0, count: ControlChannel.mostBytes + 1)))
        theirs.close()
        #expect(ours.receive() == .closed && !ours.send([1]))
    }

    @Test func aChannelThatNobodyReadsRefusesInsteadOfWaiting() throws {
        let (ours, theirs) = try ControlChannel.pair()
        defer {
            ours.close()
            theirs.close()
        }
        let message = [UInt8](repeating: 7, count: 4_096)
        #expect((0..<10_000).contains { _ in !ours.send(message) })
    }

    @Test(arguments: [0, 1, 65_536, 200_000])
    func memoryFilesKeepWhatTheyGot(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let file = try MemoryFile.make("test", bytes)
        defer { close(file) }
        #expect(MemoryFile.read(file) == bytes && MemoryFile.read(file) == bytes, "reading moves nothing")
    }

    @Test func descriptorsStandAboveTheWorkersNumbers() throws {
        let file = try MemoryFile.make("test")
        defer { close(file) }
        #expect(
            file >= Descriptor.floor && WorkerFiles.firstSocket + Int32(WorkerFiles.mostSockets) <= Descriptor.floor)
    }

    /// What a child finds open, told by the child itself.
    @Test func aChildFindsWhatItWasGivenAndNothingElse() throws {
        let output = try MemoryFile.make("output")
        let given = try MemoryFile.make("given", Array("secret".utf8))
        defer {
            close(output)
            close(given)
        }
        let script =
            "cat <&3; for n in 0 1 2 3 4 5 6 7 8 9; do [ -e /proc/$$/fd/$n ] && printf ' %s' $n; done; echo $SWIFT_BACKTRACE"
        let pid = try Spawn.start(
            Command(path: "/bin/sh", arguments: ["sh", "-c", script]), descriptors: [given], output: output)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        let words = String(decoding: try #require(MemoryFile.read(output)), as: UTF8.self)
        #expect(WorkerEnd(waitStatus: status) == .code(0))
        #expect(words == "secret 0 1 2 3enable=no\n")
    }

    /// What an operator set stays as it is.
    @Test(arguments: [
        (["A=b"], ["A=b", "GLIBC_TUNABLES=glibc.malloc.tcache_max=512"]),
        (
            ["GLIBC_TUNABLES=glibc.malloc.perturb=1"],
            ["GLIBC_TUNABLES=glibc.malloc.perturb=1:glibc.malloc.tcache_max=512"]
        ),
        (["GLIBC_TUNABLES=glibc.malloc.tcache_count=3"], ["GLIBC_TUNABLES=glibc.malloc.tcache_count=3"]),
    ])
    func tellsTheHeap(given: [String], wanted: [String]) { #expect(HeapTuning.added(to: given) == wanted) }

    @Test func aProgramThatIsNotThereIsAnError() {
        #expect(throws: SystemFailure.self) {
            try Spawn.start(Command(path: "/no/such/program", arguments: ["x"]), descriptors: [])
        }
    }

    @Test func portsOpenOnceAndForAll() throws {
        let wanted = WantedPort(service: "imap", host: "127.0.0.1", port: 0)
        let binder = PortBinder(patience: .zero)
        let first = try binder.open([wanted])
        defer { for socket in first { close(socket.descriptor) } }
        let socket = try #require(first.first)
        #expect(first.count == 1 && socket.port > 0)
        #expect(try binder.open([wanted], kept: first) == first, "a port that is open stays open")
        let taken = WantedPort(service: "smtp", host: "127.0.0.1", port: socket.port)
        #expect(throws: PortFailure.self) { try binder.open([taken]) }
    }

    @Test(arguments: ["", "localhost", "300.1.1.1", "1.2.3", "::g"])
    func whatIsNoAddressIsRefused(_ host: String) {
        #expect(throws: PortSocket.Failure.self) { try PortSocket.bind(host: host, port: 0) }
    }
}
