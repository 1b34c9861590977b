package import MailNetwork

/// How this server talks to next hops. Times in seconds: each wait is as long as RFC 5321 §4.5.3.2 says, and `longestSeconds` ends
/// what many of them would come to, since a queue has others to serve.
package struct TalkSettings: Sendable {
    /// For EHLO: the host's own name.
    package var helloName: String
    package var tls: RelayTLS
    /// Which of this machine's addresses connections come from, one for each family; what is not named the system chooses.
    package var sources: [IPAddress] = []

    /// RFC 5321 leaves it open; a packet that nobody answers is sent four times in it.
    package var connectSeconds = 30
    /// RFC 5321 §4.5.3.2.1
    package var greetingSeconds = 300
    /// EHLO, STARTTLS with its handshake, AUTH, MAIL and RCPT (§4.5.3.2.2, §4.5.3.2.3).
    package var replySeconds = 300
    /// The 354 (§4.5.3.2.4).
    package var dataSeconds = 120
    /// A host that takes nothing more of the content (§4.5.3.2.5).
    package var blockSeconds = 180
    /// The answer to the whole message (§4.5.3.2.6).
    package var finalSeconds = 600
    package var quitSeconds = 2
    /// A host that takes less of the content than this is cut off, however evenly it dawdles.
    package var leastOctetsPerSecond = 200
    /// All of the talk about one message, from the connection to its last answer, beside the time that its size is worth: however
    /// evenly a host drips, it holds a connection for no longer.
    package var longestSeconds = 1_800
    /// Octets that a host may answer, for a connection and for each of its replies.
    package static let mostOctets = 131_072
    package static let mostOctetsPerReply = 4_096

    /// RFC 5321 §4.5.3.2 in its own proportions: 5 minutes for an answer, 2 for the 354, 3 for a block, 10 for the last one.
    package mutating func wait(_ seconds: Int, inAll longest: Int) {
        (greetingSeconds, replySeconds, finalSeconds) = (seconds, seconds, 2 * seconds)
        (dataSeconds, blockSeconds) = (max(1, seconds * 2 / 5), max(1, seconds * 3 / 5))
        connectSeconds = min(connectSeconds, seconds)
        longestSeconds = longest
    }

    /// For a message of that size.
    package func longestTalk(of size: Int64) -> Int {
        longestSeconds + Int(clamping: max(0, size) / Int64(max(1, leastOctetsPerSecond)))
    }

    package init(helloName: String, tls: RelayTLS) {
        self.helloName = helloName
        self.tls = tls
    }

    func source(for address: IPAddress) -> IPAddress? { sources.first { $0.family == address.family } }
}
