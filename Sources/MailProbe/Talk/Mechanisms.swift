/// The ways to log in that capabilities tell, in capitals.
enum Mechanisms {
    static func offered(_ language: SpokenLanguage, _ capabilities: [String]) -> Set<String> {
        let lines = capabilities.map { $0.uppercased() }
        switch language {
        case .imap: return imap(lines)
        case .pop3: return listed(lines, behind: "SASL").union(lines.contains { $0.hasPrefix("USER") } ? ["USER"] : [])
        default: return listed(lines.map { $0.replacing("AUTH=", with: "AUTH ") }, behind: "AUTH")
        }
    }

    /// Without LOGINDISABLED the command LOGIN is there as well (RFC 9051 §6.2.3).
    private static func imap(_ capabilities: [String]) -> Set<String> {
        let names = capabilities.filter { $0.hasPrefix("AUTH=") }.map { String($0.dropFirst(5)) }
        return Set(names).union(capabilities.contains("LOGINDISABLED") ? [] : ["LOGIN"])
    }

    private static func listed(_ lines: [String], behind keyword: String) -> Set<String> {
        Set(
            lines.filter { $0 == keyword || $0.hasPrefix(keyword + " ") }.flatMap {
                $0.split(separator: " ").dropFirst().map(String.init)
            })
    }

    /// Those that put the password itself on the line: what "normal password" means in mail programs.
    static let plaintext: Set<String> = ["PLAIN", "LOGIN", "USER"]

    /// What a mail program's choice asks for.
    static func meaning(_ choice: AuthenticationChoice) -> Set<String> {
        switch choice {
        case .password: plaintext
        case .encrypted: ["CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "APOP"]
        case .gssapi: ["GSSAPI", "GS2-KRB5", "NTLM"]
        case .oauth2: ["XOAUTH2", "OAUTHBEARER"]
        case .none: []
        }
    }
}

/// What mail programs let one choose as the way to log in.
package enum AuthenticationChoice: String, Sendable, CaseIterable {
    case password, encrypted, gssapi, oauth2, none
}
