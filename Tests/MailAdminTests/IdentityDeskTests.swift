import Foundation
import MailOpenID
import MailStore
import Testing

@testable import MailAdmin

@Suite struct IdentityDeskTests {
    private static let requests: [DeskRequest] = [
        .check(name: "anna", password: Array("a b\0ü".utf8)), .check(name: "", password: []),
        .authorise(state: "s", nonce: "n", verifier: "v", redirect: "https://mail.example/login/callback"),
        .redeem(code: "c", redirect: "r", verifier: "v", nonce: "n", issuer: nil),
        .redeem(code: "c", redirect: "r", verifier: "v", nonce: "n", issuer: ""),
        .redeem(code: "c", redirect: "r", verifier: "v", nonce: "n", issuer: "https://id.example"),
    ]
    private static let answers: [DeskAnswer] = [
        .right, .wrong, .place("https://id.example/?a=b"), .person("anna"), .refused("no"), .notTaken("no"),
        .unavailable("down"),
    ]

    @Test(arguments: requests) func requestsThereAndBack(request: DeskRequest) {
        #expect(DeskRequest(frame: request.frame) == request)
    }

    @Test(arguments: answers) func answersThereAndBack(answer: DeskAnswer) {
        #expect(DeskAnswer(frame: answer.frame) == answer)
    }

    @Test func whatIsNoFrame() {
        let frames: [[UInt8]] = [
            [], [0], [0, 0, 0, 1], [0xff, 0xff, 0xff, 0xff], DeskFrame.joined([Array("check".utf8)]),
            DeskFrame.joined([Array("other".utf8), [], []]),
            DeskFrame.joined([[UInt8]](repeating: [], count: 9)), Array(Self.requests[0].frame.dropLast()),
        ]
        for frame in frames { #expect(DeskRequest(frame: frame) == nil && DeskAnswer(frame: frame) == nil) }
    }

    @Test func withoutAnybodyToAsk() {
        let desk = IdentityDesk(program: nil, provider: nil, clock: { 1 })
        for request in Self.requests {
            guard case .unavailable = desk.answer(request) else {
                Issue.record("\(request)")
                continue
            }
        }
    }

    /// Over the socket, with a program and a provider that nobody answers for.
    @Test func overTheSocket() throws {
        let store = NSTemporaryDirectory() + "desk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: store + "/run", withIntermediateDirectories: true)
        // A port of loopback that nobody listens on.
        let provider = try OpenIDProvider(
            OpenIDSettings(issuer: "https://127.0.0.1:1", client: "x"), secret: { _ in nil }, clock: { 1 })
        let desk = IdentityDesk(program: PersonsProgram("/bin/false", timeout: 20), provider: provider, clock: { 1 })
        let socket = try desk.open(store: store)
        let call = DeskCall(store: store, programSeconds: 20)
        #expect(call.ask(.check(name: "anna", password: Array("x".utf8))) == .wrong)
        guard case .unavailable(let words) = call.ask(Self.requests[2]) else {
            Issue.record("a place at nobody's")
            return
        }
        #expect(words.hasPrefix("127.0.0.1: "), "\(words)")
        socket.close()
        try FileManager.default.removeItem(atPath: store)
    }
}
