import Glibc
package import MailMessage
import MailTransport

/// The knobs of all client conversations: plain values, from the configuration, fixed for the life of a connection.
package struct SessionSettings: Sendable, Equatable {
    /// The name in greetings, EHLO and Received.
    package var hostName: String
    /// The largest message a client may give, in bytes (RFC 7889 APPENDLIMIT, RFC 1870 SIZE).
    package var messageLimit: Int64 = 50 * 1_000_000
    /// Messages that one COPY may add to a mailbox. Offered as SAVELIMIT (RFC 9738 §3) is what APPEND takes too.
    package var saveLimit = 1_000_000
    /// Messages that any one command may handle (RFC 9738 MESSAGELIMIT); nil: no limit.
    package var handledLimit: Int?
    package var limits = SessionLimits()
    /// Between two notices of how far a long IMAP command is (RFC 9585).
    package var progressSeconds = CommandProgress.pause
    /// SCRAM-SHA-256 is offered only where every account has keys for it; PLAIN and LOGIN always.
    package var offersScram = true
    /// Off for sending: mutt 2.2 chooses SCRAM-SHA-256-PLUS first, cannot bind, and then does not try another mechanism.
    package var smtpOffersScramPlus = false
    /// What everybody is told of the server (RFC 5464 §6.2.1): a URI that leads to who runs it, and a note. Empty: nothing.
    package var administrator = ""
    package var comment = ""
    /// Prefixes of old clients that are understood but not advertised.
    package var hiddenNamespaces = HiddenNamespaces.standard

    /// Capabilities that some accounts and client programs are not told of.
    package var capabilities = CapabilitySwitches()

    package init(hostName: String) { self.hostName = hostName }
}

/// Bounds of one conversation. Refused input is drained or the connection closes.
package struct SessionLimits: Sendable, Equatable {
    /// A line before and after login, terminator excluded (RFC 9051 §4 asks for at least 8,192 octets).
    package var lineBeforeLogin = 8_192
    package var lineAfterLogin = 65_536
    /// Literals that are held in memory, summed over one command.
    package var literalsBeforeLogin = 4_096
    package var literalsAfterLogin = 1_048_576
    /// Wrong commands in a row before the server says good-bye.
    package var badCommands = 20
    /// All of the time, and all of the commands, from the greeting to a login.
    package var loginSeconds = 60
    package var commandsBeforeLogin = 50
    /// SMTP on port 25, where nobody has to log in: from the greeting to the first MAIL.
    package var firstMailSeconds = 600
    /// Octets a second that a message or literal must come with, the wait it may cost nevertheless (RFC 5321
    /// §4.5.3.2.5: three minutes for a block), and the time for all of it.
    package var dataRate = 500
    package var dataGraceSeconds = 180
    package var transferSeconds = 7_200
    /// What one SEARCH may keep the store busy with, in seconds.
    package var searchSeconds = 30
    /// The same for one STORE, COPY, MOVE or EXPUNGE.
    package var changeSeconds = 60
    /// Sessions of one account at a time in each service; nil: no limit.
    package var sessionsPerAccount: Int? = 200
    /// Seconds without input: RFC 9051 §5.4 wants at least 30 minutes once logged in.
    package var idleBeforeLogin = 60
    package var idleAfterLogin = 1_800

    package init() {}

    /// For the octets of one message or literal.
    var pace: Pace { Pace(octetsPerSecond: dataRate, graceSeconds: dataGraceSeconds) }
}

/// Wall-clock seconds.
@Sendable package func systemClock() -> EpochSeconds { EpochSeconds(time(nil)) }
