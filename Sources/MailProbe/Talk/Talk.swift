internal import MailCrypto
internal import MailDial
internal import MailMessage

/// A server that did not answer as its protocol says, or not at all.
enum TalkFailure: Error, Sendable, Equatable {
    case lost(DialFailure)
    /// Its answer, where it was not what was to come.
    case answered(String)

    var words: String {
        switch self {
        case .lost(let failure): failure.words
        case .answered(let text): text
        }
    }
}

/// What a refusal of a name and a password amounts to.
package enum LoginAnswer: Sendable, Equatable {
    case accepted
    case refused(text: String)
}

/// One of the three mail protocols, spoken by a client.
protocol Talk {
    init(_ conversation: Conversation)

    /// What the server says that it can, one word or line each, as it has it.
    mutating func capabilities(token: ProbeToken) throws(TalkFailure) -> [String]

    /// The list that was given last is not the server's own: it has none.
    var isListAssumed: Bool { get }

    /// "STLS", "STARTTLS": the line that asks for encryption, without tag.
    static var startTLSCommand: String { get }
    /// The name under which the offer stands among the capabilities.
    static var startTLSName: String { get }

    /// nil: go ahead. Else the server's words.
    mutating func startTLS() throws(TalkFailure) -> String?

    /// Never on a connection that is not encrypted and verified: the caller's duty.
    mutating func logIn(_ login: Login, offered: [String]) throws(TalkFailure) -> LoginAnswer

    mutating func leave()
}

extension Talk {
    var isListAssumed: Bool { false }
}

/// Who logs in. The password is nowhere printed.
package struct Login: Sendable, CustomStringConvertible {
    package let name: String
    let password: [UInt8]

    package init(name: String, password: [UInt8]) {
        self.name = name
        self.password = password
    }

    package var description: String { "\(name):***" }

    /// RFC 4616 §2, in base 64.
    var plain: String { Base64.encode([0] + Array(name.utf8) + [0] + password) }

    var encodedPassword: String { Base64.encode(password) }

    var passwordText: String { String(decoding: password, as: UTF8.self) }

    /// IMAP's and POP3's own commands carry what fits on a line, in characters of theirs.
    var fitsOnLine: Bool { (Array(name.utf8) + password).allSatisfy { $0 >= 0x20 && $0 < 0x7f } }
}

extension Conversation {
    /// The deadline's and the system's failures as the talk's.
    func say(_ line: String, shown: String? = nil) throws(TalkFailure) {
        do { try send(line, shown: shown) } catch { throw .lost(error) }
    }

    func hear() throws(TalkFailure) -> String {
        do { return try line() } catch { throw .lost(error) }
    }
}
