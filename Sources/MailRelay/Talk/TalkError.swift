import MailTransport
import MailWire

/// Why a conversation cannot go on.
enum TalkError: Error, Equatable {
    /// 421 to whatever was asked (RFC 5321 §3.8).
    case closing(RemoteReply)
    case hungUp
    case lost(ConnectionError, seconds: Int)
    case nonsense(ReplyAssembler.Fault)
    /// It does not take the content, or by drops.
    case stalled(seconds: Int)
    /// The talk about one message has taken all of its time.
    case tooLong(seconds: Int)
    /// It has answered more than all of these commands are worth.
    case tooMuch
    /// Replies that nobody had asked for: those that follow could be taken for others'.
    case unasked
    /// No to a message of which it had not seen the end.
    case refusedEarly(RemoteReply)
    /// The content could not be read here.
    case unreadable(String)
}

extension TalkError {
    func reply(of host: String) -> HopReply {
        switch self {
        case .closing(let reply), .refusedEarly(let reply): HopReply(reply, of: host)
        case .hungUp: HopReply(status: "4.4.2", text: "\(host) closed the connection")
        case .lost(let error, let seconds): Self.reply(of: host, error, seconds)
        case .stalled(let seconds):
            HopReply(status: "4.4.2", text: "\(host) did not take the message, or too slowly, for \(seconds) s")
        case .tooLong(let seconds):
            HopReply(status: "4.4.2", text: "\(host) had not taken the message after \(seconds) s, however slowly")
        case .tooMuch: HopReply(status: "4.5.0", text: "\(host) answered more than anybody needs to say")
        case .nonsense(let fault): HopReply(status: "4.5.0", text: "\(host) \(fault.words)")
        case .unasked: HopReply(status: "4.5.0", text: "\(host) answered what nobody had asked")
        case .unreadable(let why): HopReply(status: "4.3.0", text: "the message could not be read: \(why)")
        }
    }

    private static func reply(of host: String, _ error: ConnectionError, _ seconds: Int) -> HopReply {
        switch error {
        case .timedOut, .tooSlow: HopReply(status: "4.4.2", text: "\(host) gave no whole answer within \(seconds) s")
        case .lineTooLong, .endlessLine:
            HopReply(status: "4.5.0", text: "\(host) sent a line longer than \(ReplyAssembler.longestLine) octets")
        case .tls(let words): HopReply(status: "4.7.5", text: "TLS with \(host) broke: \(words)")
        case .connectFailed(let words): HopReply(status: "4.4.1", text: "cannot connect to \(host): \(words)")
        default: HopReply(status: "4.4.2", text: "the connection to \(host) was lost")
        }
    }
}

extension ReplyAssembler.Fault {
    var words: String {
        switch self {
        case .notAReply: "sent what is no reply of SMTP"
        case .tooManyLines: "sent a reply of more than \(ReplyAssembler.mostLines) lines"
        case .tooLarge: "sent a reply of more than \(ReplyAssembler.largestReply) octets"
        }
    }
}

extension HopReply {
    init(_ reply: RemoteReply, of host: String) {
        self.init(host: host, code: reply.code, status: reply.status, text: reply.text)
    }

    /// The same said for now, whatever was meant: another host may think otherwise.
    var forNow: HopReply {
        var result = self
        switch status.first {
        case "4": break
        case "5": result.status = "4" + status.dropFirst()
        default: result.status = "4.5.0"
        }
        return result
    }
}
