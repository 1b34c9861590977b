import MailWire

extension LimitCatalogue {
    static func sessions(_ limits: SessionLimits) -> [LimitRow] {
        beforeLogin(limits) + afterLogin(limits) + [
            .count(
                "session.bad_commands", limits.badCommands, key: "limits.bad_commands",
                "in a row; then the session closes, which counts as a failure of its address"),
            .count(
                "session.data_rate", limits.dataRate, key: "limits.data_rate",
                "octets a second of a message or literal; only time spent waiting for the client counts"),
            .seconds(
                "session.data_grace", limits.dataGraceSeconds, key: "limits.data_grace", rfc: "RFC 5321 §4.5.3.2.5",
                "a stall that is forgiven, at first and after a stretch of good speed"),
            .seconds(
                "session.transfer", limits.transferSeconds, key: "limits.transfer",
                "all of one message, from MAIL or APPEND to its end"),
        ]
    }

    private static func beforeLogin(_ limits: SessionLimits) -> [LimitRow] {
        [
            .bytes(
                "session.line_before_login", limits.lineBeforeLogin, rfc: "RFC 9051 §4",
                "IMAP and POP3 lines of a stranger, SASL responses too"),
            .bytes("session.literals_before_login", limits.literalsBeforeLogin, "for a name and a password"),
            .bytes(
                "session.discarded_before_login", limits.imapBeforeLogin.discarded,
                "what is read and thrown away after refusing a literal; beyond it we close"),
            .seconds(
                "session.login", limits.loginSeconds, key: "limits.login",
                "from the greeting to a login in IMAP, POP3 and submission, however the octets come"),
            .count(
                "session.commands_before_login", limits.commandsBeforeLogin, key: "limits.commands_before_login",
                "IMAP and POP3; nobody needs many to log in"),
            .seconds(
                "session.idle_before_login", limits.idleBeforeLogin, key: "limits.idle_before_login",
                "silence of a stranger"),
        ]
    }

    private static func afterLogin(_ limits: SessionLimits) -> [LimitRow] {
        [
            .bytes(
                "session.line", limits.lineAfterLogin, rfc: "RFC 9051 §4", "long sets and header lists in one command"),
            .bytes(
                "session.literals", limits.literalsAfterLogin, "of one command; a message goes to the spool instead"),
            .bytes(
                "session.discarded", limits.imapAfterLogin.discarded,
                "what is read and thrown away after refusing a literal; beyond it we close"),
            .seconds(
                "session.idle", limits.idleAfterLogin, key: "limits.idle_after_login", rfc: "RFC 9051 §5.4",
                "IMAP asks for 30 minutes at least"),
            .count(
                "session.per_account", limits.sessionsPerAccount, key: "limits.sessions_per_account",
                "one account's broken client must not use up the server"),
            .seconds(
                "session.search", limits.searchSeconds, key: "limits.search",
                "of the store's time for one SEARCH; then NO [LIMIT], and the session goes on"),
            .seconds(
                "session.change", limits.changeSeconds, key: "limits.change",
                "the same for STORE, COPY, MOVE and EXPUNGE; nothing has changed then"),
        ]
    }
}
