import MailTool
import Testing

@testable import MailSupervisor

@Suite struct MessageTests {
    @Test(arguments: [
        WorkerMessage.ready, .heartbeat(connections: 12), .reloaded(refusal: nil), .reloaded(refusal: "a \"b\"\n"),
        .drained,
    ])
    func workersAreUnderstood(_ message: WorkerMessage) { #expect(WorkerMessage(message.bytes) == message) }

    @Test(arguments: [
        WorkerOrder.drain, .reload([]), .reload([CertificateFiles(certificate: "/a b", key: "/k")]),
        .tickets([0, 255]),
    ])
    func ordersAreUnderstood(_ order: WorkerOrder) { #expect(WorkerOrder(order.bytes) == order) }

    @Test(arguments: ["", "{", "[]", "{\"is\":7}", "{\"is\":\"root\"}", "\u{0}", "{\"is\":\"ready\"} x"])
    func nonsenseIsNothing(_ text: String) { #expect(WorkerMessage(Array(text.utf8)) == nil) }

    @Test func aHeartbeatCannotCountBackwards() {
        #expect(WorkerMessage(Array(#"{"is":"heartbeat","connections":-5}"#.utf8)) == .heartbeat(connections: 0))
    }

    private static let assignment = Assignment(
        seat: WorkerSeat(.imap, 2), slot: 63, generation: 7,
        secrets: SharedSecrets(tickets: [UInt8](repeating: 0xa5, count: 80), login: [0, 255, 1]),
        sockets: [AssignedSocket(service: "imaps", host: "::", port: 993, descriptor: 6)])

    @Test func assignmentsAreUnderstood() throws {
        let text = Self.assignment.json.compact
        #expect(Assignment(try JSONParser.parse(Array(text.utf8))) == Self.assignment)
    }

    @Test(arguments: ["64", "-1", "null"])
    func aSlotOutOfRangeIsRefused(_ slot: String) throws {
        let text = Self.assignment.json.compact.replacing("\"slot\":63", with: "\"slot\":\(slot)")
        #expect(Assignment(try JSONParser.parse(Array(text.utf8))) == nil)
    }

    @Test func theLargestAssignmentFits() {
        let sockets = (0..<WorkerFiles.mostSockets).map {
            AssignedSocket(
                service: "submissions", host: "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", port: 65_535,
                descriptor: Int32($0))
        }
        let assignment = Assignment(
            seat: WorkerSeat(.smtp), slot: 0, generation: 1, secrets: Self.assignment.secrets, sockets: sockets)
        #expect(assignment.json.compact.utf8.count < ControlChannel.mostBytes)
    }

    @Test func refusalsTravel() {
        let refusal = RequestRefusal(.configuration, "refused", "no \"certificate\"")
        #expect(RequestRefusal(refusal.json) == refusal)
        #expect(RequestRefusal(ControlReply.done("x")) == nil)
    }

    @Test(arguments: [("status", ControlRequest.status), ("upgrade\r", .upgrade), ("Status", nil), ("", nil)])
    func requestLines(_ line: String, _ request: ControlRequest?) {
        #expect(ControlRequest(line: Array(line.utf8)) == request)
    }
}
