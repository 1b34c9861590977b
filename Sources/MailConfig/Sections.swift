/// `[server]`: who and where this server is.
package struct ServerSection: Sendable, Equatable {
    package var name = "localhost"
    package var store = "/var/lib/posthus"
    package var user = "posthus"
    package var group = "posthus"
    package var threads = 2
    package var drain = 60
    package var imapWorkers = 0
    package var workerTimeout = 30
    package var workerMemory: Int64 = 4_000_000_000
    package var confine = true

    static let keys: [ConfigurationKey<ServerSection>] = [
        .init("name", \.name, .text, "The host name in greetings and Received fields. Unset: the machine's own name."),
        .init(
            "store", \.store, .path,
            "The folder of the store. The environment variable MAIL_STORE and --store win over it."),
        .init(
            "user", \.user, .text,
            "When started as root, mail-serve becomes this user once its ports are open. Empty: it stays."),
        .init("group", \.group, .text, "The group that goes with the user."),
        .init("threads", \.threads, .number(1...64), "Event loops of each worker process."),
        .init("drain", \.drain, .span(0...3_600), "How long open sessions may go on after SIGTERM."),
        .init(
            "imap_workers", \.imapWorkers, .number(0...16),
            "Worker processes that share the IMAP sessions; 0 = one per core. One that dies takes its own sessions with it and "
                + "nobody else's."),
        .init(
            "worker_timeout", \.workerTimeout, .span(5...600),
            "A worker that gives no sign of life for so long is ended and replaced."),
        .init(
            "worker_memory", \.workerMemory, .size(0...1_000_000_000_000),
            "Memory that one worker process may use. One that needs more ends with its sessions and is replaced; the others go on. "
                + "0 = no limit."),
        .init(
            "confine", \.confine, .flag,
            "Workers reach no files but the store, certificates and libraries, and connect to nobody (Landlock, Linux 5.19). "
                + "Switch it off only where parts of the store are symbolic links to another place."),
    ]
}

/// `[tls]`: certificates. They are read again on SIGHUP; the old ones stay in use when the new ones are bad.
package struct TLSSection: Sendable, Equatable {
    package var certificate = ""
    package var key = ""
    package var more: [String] = []
    package var ticketRotation = 86_400

    static let keys: [ConfigurationKey<TLSSection>] = [
        .init(
            "certificate", \.certificate, .path,
            "PEM file: the server's certificate, then its intermediates. Without it nobody can log in, since a password never "
                + "travels in clear, and only a listener for incoming mail can start. ${CREDENTIALS_DIRECTORY}/NAME is what systemd "
                + "handed over with LoadCredential=NAME:FILE."),
        .init(
            "key", \.key, .path,
            "PEM file with the private key, or ${CREDENTIALS_DIRECTORY}/NAME. Refused when everybody may read it."),
        .init(
            "more", \.more, .list("list of \"CERTIFICATE:KEY\"", TLSSection.pair),
            "Further identities, chosen by the name the client asks for (SNI), each as \"certificate.pem:key.pem\"."),
        .init(
            "ticket_rotation", \.ticketRotation, .span(1...604_800),
            "So often the key of TLS session tickets is made anew. A ticket is good until the second new key."),
    ]

    private static func pair(_ text: String) throws(ValueRefusal) -> String {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw ValueRefusal("\"\(text)\" is not \"CERTIFICATE:KEY\"")
        }
        return text
    }

    /// The further identities as pairs of paths.
    package var moreFiles: [(certificate: String, key: String)] {
        more.compactMap { text in
            let parts = text.split(separator: ":").map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
    }
}

/// `[imap]`.
package struct IMAPSection: Sendable, Equatable {
    package var hiddenPrefixes = ["INBOX.", "mail/", "~/mail/"]
    package var without: [String] = []
    package var messagesPerCommand = 0
    package var admin = ""
    package var comment = ""

    static let keys: [ConfigurationKey<IMAPSection>] = [
        .init(
            "hidden_prefixes", \.hiddenPrefixes, .textList,
            "Path prefixes of older servers that still stand in people's clients. They are understood, and never shown."
        ),
        .init(
            "without", \.without, .list("list of \"WHO: CAPABILITY ...\"", IMAPSection.rule),
            "Capabilities that are not offered to accounts or programs that stumble over them, each as \"WHO: CAPABILITY ...\". "
                + "WHO is a login or address (with * and ?), or the word client and what the program calls itself, such as "
                + "\"client *Outlook*: COMPRESS=DEFLATE NOTIFY\". Without LITERAL+ there is LITERAL-."),
        .init(
            "messages_per_command", \.messagesPerCommand, .number(0, or: 1_000...10_000_000),
            "How many messages one command may handle; 0 is no limit, else at least 1,000. A longer SEARCH, FETCH, STORE, MOVE or UID "
                + "EXPUNGE handles the newest and says so (MESSAGELIMIT); a longer COPY, APPEND, SORT or THREAD is refused. Many clients "
                + "do not know this: they show less than there is."),
        .init(
            "admin", \.admin, .checkedText("URI", URIText.check),
            "Where mail programs reach whoever runs this server, such as \"mailto:postmaster@example.org\" or "
                + "\"https://help.example.org/\": GETMETADATA of /shared/admin (RFC 5464) tells it to everybody who has logged in. "
                + "Empty: nothing is told."),
        .init(
            "comment", \.comment, .text,
            "What /shared/comment of the server says to everybody who has logged in, such as when it is out of service. Empty: nothing."
        ),
    ]

    private static func rule(_ text: String) throws(ValueRefusal) -> String {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts.allSatisfy({ part in part.contains { $0 != " " } }) else {
            throw ValueRefusal("\"\(text)\" is not \"WHO: CAPABILITY ...\"")
        }
        return text
    }
}

/// `[auth]`: which ways of logging in are offered. PLAIN and LOGIN always are, inside TLS.
package struct AuthSection: Sendable, Equatable {
    package var scram = true
    package var smtpScramPlus = false

    static let keys: [ConfigurationKey<AuthSection>] = [
        .init(
            "scram", \.scram, .flag,
            "Offer SCRAM-SHA-256 and SCRAM-SHA-256-PLUS. Switch it off while accounts with imported hashes have not logged in yet: "
                + "their SCRAM keys are made at the first plain login, and until then some clients fail without trying another way."
        ),
        .init(
            "smtp_scram_plus", \.smtpScramPlus, .flag,
            "Offer SCRAM-SHA-256-PLUS for sending too, as for IMAP and POP3. Some clients (mutt 2.2) choose it first, "
                + "cannot do it, and then send nothing."),
    ]
}

/// `[identity]`: passwords and guessing.
package struct IdentitySection: Sendable, Equatable {
    package enum Login: String, CaseIterable, Sendable { case mail, program, oidc }

    package var login = Login.mail
    package var minimumPasswordLength = 8
    package var formerPassword = 14 * 86_400
    package var cache = 300
    package var failureDelay = 2
    package var maximumFailureDelay = 30
    package var failuresPerAddress = 100
    package var failuresPerAccount = 200
    package var failuresPerAccountAndAddress = 20
    package var failureWindow = 900
    package var program = ""
    package var active = ""
    package var activeInterval = 30
    package var activeGuard = 5
    package var programTimeout = 20
    package var oidcIssuer = ""
    package var oidcClient = ""
    package var oidcSecretFile = ""
    package var oidcName = ""
    package var oidcScope = "openid profile"
    package var oidcClaim = "preferred_username"
    package var oidcCAFile = ""

    static let keys: [ConfigurationKey<IdentitySection>] =
        [
            .init(
                "login", \.login, .choice,
                "How people log in to the pages: mail, with the mail password; program, with the password that identity.program checks; "
                    + "oidc, at the organisation's OpenID provider. With the latter two the mail password does not open the pages: "
                    + "whoever has stolen it cannot change it there. Links of \"mailctl password link\" lead in either way."
            ),
            .init(
                "program", \.program, .path,
                "A program that checks the password people have in the directory of persons, which is not their mail password. It has "
                    + "the checkpassword interface: at descriptor 3 it reads name, password and time, each ended by NUL; it ends with 0 "
                    + "for right, 1 for wrong, 111 when it cannot say. Empty: the mail password is the only one there is."
            ),
            .init(
                "active", \.active, .path,
                "A program that says who is still active: at descriptor 3 it reads the logins of all accounts, each ended by NUL, and "
                    + "writes a line such as \"anna active\" or \"bo disabled\" for those it knows, then ends with 0. Whoever is disabled "
                    + "there can no longer log in here, by no password, and his sessions end. Whom it does not name stays as he is; after "
                    + "a line \"* disabled\" whom it has named before and names no longer is disabled as well: he was deleted there. "
                    + "Any other end, or none in time, changes nothing. Empty: nobody asks."),
            .init(
                "active_interval", \.activeInterval, .span(5...3_600), "Between two questions to identity.active."),
            .init(
                "active_guard", \.activeGuard, .number(0...100),
                "When more than this percentage of all accounts, and more than five, would be disabled at once, nobody is."
            ),
            .init("program_timeout", \.programTimeout, .span(1...300), "How long these programs may take."),
        ] + oidcKeys + guessingKeys

    private static let guessingKeys: [ConfigurationKey<IdentitySection>] = [
        .init(
            "minimum_password_length", \.minimumPasswordLength, .number(0...128),
            "Characters a new password must have; 0 = anything goes."),
        .init(
            "former_password", \.formerPassword, .span(0...90 * 86_400),
            "For so long after a change the password of before is recognised: a device that goes on using it is told so where its "
                + "owner has come in from lately, and bans nobody. 0: it is a wrong password like any other."),
        .init(
            "cache", \.cache, .span(0...3_600),
            "How long a verified password is remembered in memory; a changed password is never remembered."),
        .init(
            "failure_delay", \.failureDelay, .span(0...60),
            "The answer to a first wrong password waits so long, each further one twice as long."),
        .init("maximum_failure_delay", \.maximumFailureDelay, .span(0...300), "The longest such wait."),
        .init(
            "failures_per_address", \.failuresPerAddress, .number(0...1_000_000),
            "Failures from one address (IPv6: one /64) before it is refused for a while; 0 = no limit."),
        .init(
            "failures_per_account", \.failuresPerAccount, .number(0...1_000_000),
            "Failures for one account before it is refused to all addresses that did not know its password lately; 0 = no limit."
        ),
        .init(
            "failures_per_account_and_address", \.failuresPerAccountAndAddress, .number(0...1_000_000),
            "Failures for one account from one address; 0 = no limit."),
        .init(
            "failure_window", \.failureWindow, .span(1...86_400),
            "For so long failures are remembered, and refusals last."),
    ]
}

/// `[proxy_protocol]`.
package struct ProxySection: Sendable, Equatable {
    package var trusted: [String] = []

    static let keys: [ConfigurationKey<ProxySection>] = [
        .init(
            "trusted", \.trusted, .list("list of networks", AddressText.network),
            "Load balancers, as addresses or networks, whose connections begin with a PROXY protocol v2 header.")
    ]
}

/// `[log]`: to stderr.
package struct LogSection: Sendable, Equatable {
    package enum Level: String, CaseIterable, Sendable { case debug, info, notice, warning, error }
    package enum Format: String, CaseIterable, Sendable { case text, json }
    package enum Prefix: String, CaseIterable, Sendable { case auto, always, never }

    package var level = Level.info
    package var format = Format.text
    package var prefix = Prefix.auto

    static let keys: [ConfigurationKey<LogSection>] = [
        .init("level", \.level, .choice, "The least important lines that are written."),
        .init("format", \.format, .choice, "One line per event: key=value, or a JSON object."),
        .init(
            "prefix", \.prefix, .choice,
            "Whether lines begin with journald's level, such as <6>; auto: when stderr is the journal."),
    ]
}
