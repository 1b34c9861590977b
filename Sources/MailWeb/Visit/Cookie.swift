import MailStore

/// The two cookies. `__Host-`: for this host alone, over TLS alone.
enum Cookie {
    static let session = "__Host-session"
    static let language = "__Host-language"

    /// Gone with the browser at the latest; the server ends it before.
    static func session(_ token: WebToken) -> String {
        "\(session)=\(token.text); Path=/; Secure; HttpOnly; SameSite=Strict"
    }

    static let endOfSession = "\(session)=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"

    static func language(_ language: Language) -> String {
        "\(self.language)=\(language.rawValue); Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000"
    }
}
