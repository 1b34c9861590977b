/// `[limits]`: how much one peer may ask for, and when the server says stop. `mail-serve --print-limits` shows all limits.
package struct LimitsSection: Sendable, Equatable {
    package static let standardDiskFloor: Int64 = 500_000_000

    package var messageSize: Int64 = 50_000_000
    package var recipients = 1_000
    package var connections = 20_000
    package var connectionsPerAddress = 200
    package var connectionsPerNetwork = 2_000
    package var connectionRate = 600
    package var exempt = ["127.0.0.0/8", "::1"]
    package var sessionsPerAccount = 200
    package var handshake = 30
    package var login = 60
    package var commandsBeforeLogin = 50
    package var idleBeforeLogin = 60
    package var idleAfterLogin = 1_800
    package var badCommands = 20
    package var dataRate = 500
    package var dataGrace = 180
    package var transfer = 7_200
    package var search = 30
    package var change = 60
    package var spoolMemory: Int64 = 64_000_000
    package var memory: Int64 = 0
    package var diskFloor = standardDiskFloor

    static let keys: [ConfigurationKey<LimitsSection>] = [
        .init(
            "message_size", \.messageSize, .size(1_000...2_000_000_000),
            "The largest message that is taken, by SMTP and by IMAP."),
        .init(
            "recipients", \.recipients, .number(100...100_000),
            "Recipients of one message (RFC 5321 asks for at least 100)."),
        .init("connections", \.connections, .number(1...1_000_000), "Open connections of all services together."),
        .init(
            "connections_per_address", \.connectionsPerAddress, .number(0...100_000),
            "Open connections from one address (IPv6: one /64); 0 = no limit."),
        .init(
            "connections_per_network", \.connectionsPerNetwork, .number(0...1_000_000),
            "Open connections from one network (IPv4: /24, IPv6: /48); 0 = no limit."),
        .init(
            "connection_rate", \.connectionRate, .number(0...65_535),
            "New connections in one minute from one address (IPv6: one /64); 0 = no limit."),
        .init(
            "exempt", \.exempt, .list("list of networks", AddressText.network),
            "Addresses and networks whose connections are not counted by address: this machine, and proxies or webmail "
                + "servers that speak for many people."),
        .init(
            "sessions_per_account", \.sessionsPerAccount, .number(0...100_000),
            "IMAP and POP3 sessions of one account at a time; 0 = no limit."),
        .init("handshake", \.handshake, .span(1...600), "How long a TLS handshake may take."),
        .init(
            "login", \.login, .span(10...3_600),
            "All of the time from the greeting to a login, where one is needed: IMAP, POP3 and submission."),
        .init(
            "commands_before_login", \.commandsBeforeLogin, .number(10...10_000),
            "Commands an IMAP or POP3 client may give before it has logged in."),
        .init(
            "idle_before_login", \.idleBeforeLogin, .span(10...3_600),
            "Silence after which a connection that has not logged in is closed."),
        .init(
            "idle_after_login", \.idleAfterLogin, .span(1_800...86_400),
            "The same after login; RFC 9051 asks for at least 30 minutes."),
        .init(
            "bad_commands", \.badCommands, .number(1...1_000),
            "Wrong commands in a row after which a session is closed; it counts as one failure of its address."),
        .init(
            "data_rate", \.dataRate, .number(1...1_000_000),
            "Octets a second with which a message or literal must come in."),
        .init(
            "data_grace", \.dataGrace, .span(1...3_600),
            "How long the server waits nevertheless, at first and after a stretch of good speed."),
        .init(
            "transfer", \.transfer, .span(10...86_400),
            "All of the time for one message, from MAIL or APPEND to its end."),
        .init(
            "search", \.search, .span(1...3_600),
            "How long one SEARCH may keep the store busy before it ends with NO [LIMIT]."),
        .init(
            "change", \.change, .span(1...3_600),
            "The same for one STORE, COPY, MOVE or EXPUNGE; then none of it is done."),
        .init(
            "spool_memory", \.spoolMemory, .size(1_000_000...1_000_000_000_000),
            "Memory for all messages that are coming in; beyond it they go to files, however small they are."),
        .init(
            "memory", \.memory, .size(0...1_000_000_000_000_000),
            "Resident memory of one process above which newcomers are turned away; 0 = four fifths of what it may have."
        ),
        .init(
            "disk_floor", \.diskFloor, .size(0...1_000_000_000_000_000),
            "Free space in the store's file system below which new mail is put off and nothing can be added, while reading "
                + "and deleting go on; 0 = no floor. Where the default is more than a twentieth of the file system, a "
                + "twentieth counts."),
    ]
}
