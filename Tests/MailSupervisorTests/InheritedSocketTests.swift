import Glibc
import Testing

@testable import MailSupervisor

@Suite struct InheritedSocketTests {
    @Test func whoInheritedASocketOpensNoOther() throws {
        let low = try PortSocket.bind(host: "127.0.0.1", port: 0)
        listen(low, 1)
        let inherited = try ListeningSocket(inherited: low, service: "imaps")
        defer { close(inherited.descriptor) }
        #expect(inherited.isInherited && inherited.host == "127.0.0.1" && inherited.port > 0)
        let wanted = [
            WantedPort(service: "imaps", host: "127.0.0.1", port: 0),
            WantedPort(service: "imaps", host: "::1", port: 0),
            WantedPort(service: "smtp", host: "127.0.0.1", port: 0),
        ]
        let opened = try PortBinder().open(wanted, kept: [inherited])
        #expect(opened.map(\.wanted.service) == ["imaps", "smtp"])
        #expect(opened.first == inherited)
        for socket in opened where !socket.isInherited { close(socket.descriptor) }
        #expect(try PortBinder().open([], kept: [inherited]).isEmpty, "its service is switched off")
    }

    @Test func wholeMeansAReadyWorkerOfEachRole() {
        var bench = Bench(ready: false)
        #expect(!bench.table.isWhole)
        bench.allReady()
        #expect(bench.table.isWhole)
        bench.dies(WorkerSeat(.imap, 1))
        #expect(bench.table.isWhole, "its neighbour serves")
        bench.dies(WorkerSeat(.smtp))
        #expect(!bench.table.isWhole)
        bench.allReady()
        #expect(bench.table.isWhole)
        bench.dies(WorkerSeat(.smtp))
        bench.take(bench.table.drain(now: bench.now))
        #expect(bench.table.isWhole, "at the end nobody is missed")
    }
}
