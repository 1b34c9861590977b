/// Who may import whom: the table of docs/ARCHITECTURE.md as data.
enum Arrows {
    /// Our own targets that each target may import. A target that is not listed may not exist.
    static let own: [String: Set<String>] = [
        "MailMessage": [],
        "MailCrypto": [],
        "MailShared": [],
        "MailNetwork": [],
        "MailTool": ["MailMessage"],
        "MailSupervisor": ["MailTool", "MailShared", "MailCrypto"],
        "MailWire": ["MailMessage"],
        "MailStore": ["MailMessage", "MailShared", "MailCrypto"],
        "MailConfig": ["MailMessage"],
        "MailTransport": ["MailNetwork", "MailCrypto", "MailShared"],
        "MailIdentity": ["MailStore", "MailCrypto", "MailTransport", "MailNetwork", "MailMessage", "MailShared"],
        "MailOpenID": ["MailDial", "MailTool", "MailWire", "MailCrypto", "MailNetwork"],
        "MailDelivery": ["MailDomainAuth", "MailStore", "MailMessage"],
        "MailDomainAuth": ["MailMessage", "MailCrypto", "MailNetwork"],
        "MailFilter": [
            "MailDomainAuth", "MailDial", "MailStore", "MailTransport", "MailNetwork", "MailCrypto", "MailMessage",
        ],
        "MailRelay": [
            "MailDelivery", "MailDomainAuth", "MailDial", "MailWire", "MailStore", "MailTransport", "MailNetwork",
            "MailCrypto", "MailShared", "MailMessage",
        ],
        "MailWeb": [
            "MailAdmin", "MailIdentity", "MailStore", "MailTransport", "MailWire", "MailMessage", "MailCrypto",
            "MailNetwork",
        ],
        "MailSessions": [
            "MailWeb", "MailAdmin", "MailFilter", "MailRelay", "MailDomainAuth", "MailDial", "MailWire", "MailDelivery",
            "MailIdentity", "MailOpenID",
            "MailStore", "MailTransport", "MailMessage", "MailCrypto",
            "MailNetwork", "MailShared",
        ],
        "MailDial": ["MailNetwork", "MailCrypto"],
        "MailProbe": ["MailDial", "MailTool", "MailMessage", "MailNetwork", "MailCrypto"],
        "mail-probe": ["MailProbe", "MailTool"],
        "MailAdmin": [
            "MailIdentity", "MailOpenID", "MailDomainAuth", "MailDial", "MailStore", "MailNetwork", "MailCrypto",
            "MailMessage", "MailSupervisor",
        ],
        "mail-serve": [
            "MailSupervisor", "MailSessions", "MailWeb", "MailFilter", "MailRelay", "MailAdmin", "MailIdentity",
            "MailOpenID", "MailStore",
            "MailTransport", "MailConfig",
            "MailTool", "MailShared", "MailCrypto", "MailMessage", "MailNetwork",
        ],
        "MailCommand": ["MailAdmin", "MailStore", "MailMessage", "MailConfig", "MailTool"],
        "mailctl": [
            "MailCommand", "MailAdmin", "MailDelivery", "MailOpenID", "MailStore", "MailMessage", "MailConfig",
            "MailTool",
        ],
        "mail-quota": ["MailCommand", "MailAdmin", "MailStore", "MailMessage", "MailTool"],
        "mail-purge": ["MailCommand", "MailAdmin", "MailStore", "MailMessage", "MailTool"],
    ]

    /// What comes from outside the house, and the only targets that may know it.
    static let outside: [String: Set<String>] = [
        "CSQLite": ["MailStore"],
        "CSQLiteHeap": ["MailStore"],
        "COpenSSL": ["MailTransport", "MailCrypto", "MailDial"],
        "CZlib": ["MailTransport"],
        "CResolver": ["MailDial"],
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
        "ArgumentParser": [
            "MailTool", "MailCommand", "mail-serve", "mailctl", "mail-quota", "mail-purge", "mail-probe",
        ],
        "Logging": ["MailSessions", "mail-serve"],
    ]

    /// The platform itself: free for all.
    static let platform: Set<String> = ["Swift", "Glibc", "Synchronization", "Dispatch"]
}
