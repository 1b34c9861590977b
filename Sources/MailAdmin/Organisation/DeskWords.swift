/// What the pages ask of whoever knows the organisation's people: see `IdentityDesk`.
package enum DeskRequest: Sendable, Equatable {
    /// Whether it is the password that the person has in the organisation.
    case check(name: String, password: [UInt8])
    /// Where to send a browser.
    case authorise(state: String, nonce: String, verifier: String, redirect: String)
    /// Whom the provider has let in. `issuer`: who says so, as the browser brought it.
    case redeem(code: String, redirect: String, verifier: String, nonce: String, issuer: String?)
}

package enum DeskAnswer: Sendable, Equatable {
    case right, wrong
    /// An address at the provider.
    case place(String)
    /// Somebody's login, as the provider has it.
    case person(String)
    /// This one attempt came to nothing; words for the log.
    case refused(String)
    /// The same, and what the browser brought is to blame: it could be a guess.
    case notTaken(String)
    /// Nobody can say just now; words for the log.
    case unavailable(String)
}

/// Requests and answers as frames: texts one after the other, each behind four octets of its length; the first is the kind.
enum DeskFrame {
    private static let mostTexts = 8

    static func joined(_ texts: [[UInt8]]) -> [UInt8] {
        texts.flatMap { text in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: text.count >> $0) } + text }
    }

    static func split(_ frame: [UInt8]) -> [[UInt8]]? {
        var (texts, rest) = ([[UInt8]](), frame[...])
        while !rest.isEmpty {
            let head = rest.prefix(4)
            let length = head.reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard head.count == 4, length <= rest.count, texts.count < mostTexts else { return nil }
            texts.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return texts
    }
}

extension DeskRequest {
    var frame: [UInt8] {
        switch self {
        case .check(let name, let password): DeskFrame.joined([Array("check".utf8), Array(name.utf8), password])
        case .authorise(let state, let nonce, let verifier, let redirect):
            Self.joined("authorise", state, nonce, verifier, redirect)
        case .redeem(let code, let redirect, let verifier, let nonce, let issuer):
            Self.joined("redeem", code, redirect, verifier, nonce, issuer.map { "=" + $0 } ?? "")
        }
    }

    init?(frame: [UInt8]) {
        guard let parts = DeskFrame.split(frame), let kind = parts.first else { return nil }
        let texts = parts.dropFirst().map { String(decoding: $0, as: UTF8.self) }
        switch (String(decoding: kind, as: UTF8.self), texts.count) {
        case ("check", 2): self = .check(name: texts[0], password: parts[2])
        case ("authorise", 4):
            self = .authorise(state: texts[0], nonce: texts[1], verifier: texts[2], redirect: texts[3])
        case ("redeem", 5):
            self = .redeem(
                code: texts[0], redirect: texts[1], verifier: texts[2], nonce: texts[3],
                issuer: texts[4].isEmpty ? nil : String(texts[4].dropFirst()))
        default: return nil
        }
    }

    private static func joined(_ texts: String...) -> [UInt8] { DeskFrame.joined(texts.map { Array($0.utf8) }) }
}

extension DeskAnswer {
    private var words: (kind: String, text: String) {
        switch self {
        case .right: ("right", "")
        case .wrong: ("wrong", "")
        case .place(let text): ("place", text)
        case .person(let text): ("person", text)
        case .refused(let text): ("refused", text)
        case .notTaken(let text): ("not_taken", text)
        case .unavailable(let text): ("unavailable", text)
        }
    }

    var frame: [UInt8] { DeskFrame.joined([Array(words.kind.utf8), Array(words.text.utf8)]) }

    init?(frame: [UInt8]) {
        guard let texts = DeskFrame.split(frame)?.map({ String(decoding: $0, as: UTF8.self) }), texts.count == 2 else {
            return nil
        }
        switch texts[0] {
        case "right": self = .right
        case "wrong": self = .wrong
        case "place": self = .place(texts[1])
        case "person": self = .person(texts[1])
        case "refused": self = .refused(texts[1])
        case "not_taken": self = .notTaken(texts[1])
        case "unavailable": self = .unavailable(texts[1])
        default: return nil
        }
    }
}
