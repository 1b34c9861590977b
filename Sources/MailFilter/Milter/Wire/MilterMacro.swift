/// A word of Sendmail's configuration that filters ask for, with its value.
package struct MilterMacro: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// All that is known of a conversation, under Sendmail's names; each stage tells its share.
package struct MilterMacros: Sendable, Equatable {
    private var values: [String: String] = [:]

    package init() {}

    /// Under the name as filters write it: of one letter bare, all others in braces.
    package subscript(name: String) -> String? {
        get { values[name] }
        set { values[name] = newValue }
    }

    package mutating func forget(_ names: [String]) { for name in names { values[name] = nil } }

    /// What a filter that does not choose gets, as Sendmail and Postfix send it.
    package static let usual: [MilterStage: [String]] = [
        .connect: [
            "j", "{daemon_name}", "{daemon_addr}", "{daemon_port}", "v", "_", "{client_addr}", "{client_name}",
            "{client_ptr}",
        ],
        .hello: ["{tls_version}", "{cipher}", "{cipher_bits}", "{cert_subject}", "{cert_issuer}"],
        .sender: [
            "i", "{auth_type}", "{auth_authen}", "{auth_author}", "{mail_addr}", "{mail_host}", "{mail_mailer}",
            "{client_addr}", "{client_name}",
        ],
        .recipient: ["i", "{rcpt_addr}", "{rcpt_host}", "{rcpt_mailer}"],
        .data: ["i"],
        .endOfHeaders: ["i"],
        .endOfMessage: ["i", "{msg_id}"],
    ]

    /// Those of the stage that have a value.
    package func told(at stage: MilterStage, chosen: [MilterStage: [String]]) -> [MilterMacro] {
        (chosen[stage] ?? Self.usual[stage] ?? []).compactMap { name in values[name].map { MilterMacro(name, $0) } }
    }
}
