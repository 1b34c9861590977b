/// Who may import whom: the table of docs/ARCHITECTURE.md as data.
enum Arrows {
    /// Our own targets that each target may import. A target that is not listed may not exist.
    static let own: [String: Set<String>] = [
        "MailMessage": [],
        "MailCrypto": [],
        "MailShared": [],
        "MailTool": ["MailMessage"],
        "MailSupervisor": ["MailTool", "MailShared", "MailCrypto"],
        "MailWire": ["MailMessage"],
        "MailStore": ["MailMessage", "MailShared", "MailCrypto"],
        "MailConfig": ["MailMessage"],
        "MailTransport": ["MailCrypto", "MailShared"],
        "MailIdentity": ["MailStore", "MailCrypto", "MailTransport", "MailMessage", "MailShared"],
        "MailDelivery": ["MailStore", "MailMessage"],
        "MailSessions": [
            "MailWire", "MailDelivery", "MailIdentity", "MailStore", "MailTransport", "MailMessage", "MailCrypto",
            "MailShared",
        ],
        "MailAdmin": ["MailIdentity", "MailStore", "MailTransport", "MailMessage", "MailSupervisor"],
        "mail-serve": [
            "MailSupervisor", "MailSessions", "MailAdmin", "MailIdentity", "MailStore", "MailTransport", "MailConfig",
            "MailTool", "MailShared", "MailCrypto", "MailMessage",
        ],
        "MailCommand": ["MailAdmin", "MailStore", "MailMessage", "MailConfig", "MailTool"],
        "mailctl": ["MailCommand", "MailAdmin", "MailDelivery", "MailStore", "MailMessage", "MailConfig", "MailTool"],
        "mail-quota": ["MailCommand", "MailAdmin", "MailStore", "MailMessage", "MailTool"],
        "mail-purge": ["MailCommand", "MailAdmin", "MailStore", "MailMessage", "MailTool"],
    ]

    /// What comes from outside the house, and the only targets that may know it.
    static let outside: [String: Set<String>] = [
        "CSQLite": ["MailStore"],
        "COpenSSL": ["MailTransport", "MailCrypto"],
        "CZlib": ["MailTransport"],
        "CGlibc": [
            "MailMessage", "MailCrypto", "MailShared", "MailStore", "MailTransport", "MailSessions", "MailSupervisor",
            "mail-serve",
        ],
        "NIOCore": ["MailTransport"],
        "NIOPosix": ["MailTransport"],
        "NIOHTTP1": ["MailTransport"],
        "NIOEmbedded": [],  // for tests alone: never in what is shipped
        "NIOConcurrencyHelpers": ["MailTransport"],
        "TOMLKit": ["MailConfig"],
        "ArgumentParser": ["MailTool", "MailCommand", "mail-serve", "mailctl", "mail-quota", "mail-purge"],
        "Logging": ["MailSessions", "mail-serve"],
    ]

    /// The platform itself: free for all.
    static let platform: Set<String> = ["Glibc", "Synchronization", "Dispatch"]
}
