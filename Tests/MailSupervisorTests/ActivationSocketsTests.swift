import Testing

@testable import MailSupervisor

@Suite struct ActivationSocketsTests {
    @Test(
        arguments: [
            ("7", "2", "imaps:smtp", [3: "imaps", 4: "smtp"]),
            ("7", "2", nil, [3: "", 4: ""]),
            ("7", "2", "imaps", [3: "imaps", 4: ""]),
            ("7", "1", "imaps:smtp", [3: "imaps"]),
            ("8", "1", "imaps", [:]),  // meant for another process
            (nil, "1", "imaps", [:]),
            ("7", nil, "imaps", [:]),
            ("7", "-1", "imaps", [:]),
            ("7", "1025", "", [:]),
            ("7", "99999999999999999999", "", [:]),
        ] as [(String?, String?, String?, [Int32: String])])
    func readsTheVariables(pid: String?, count: String?, names: String?, expected: [Int32: String]) {
        let found = ActivationSockets.parse(pid: pid, count: count, names: names, own: 7)
        #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.descriptor, $0.name) }) == expected)
    }

    @Test func aNameWinsOverAPortAndStrangersAreNamed() {
        let named = ActivationSockets.Socket(descriptor: 3, name: "imaps", port: 25)
        let numbered = ActivationSockets.Socket(descriptor: 4, name: "posthus.socket", port: 25)
        let stranger = ActivationSockets.Socket(descriptor: 5, name: "posthus.socket", port: 80)
        let local = ActivationSockets.Socket(descriptor: 6, name: "", port: nil)
        let assignment = SocketAssignment(
            [named, numbered, stranger, local], servicesByName: ["smtp", "imaps"], servicesByPort: [25: "smtp"])
        #expect(assignment.sockets.map(\.service) == ["imaps", "smtp"])
        #expect(assignment.sockets.map(\.descriptor) == [3, 4])
        #expect(assignment.strangers == [stranger, local])
    }
}
