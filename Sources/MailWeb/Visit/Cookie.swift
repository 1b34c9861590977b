import MailStore

/// The three cookies. `__Host-`: for this host alone, over TLS alone.
enum Cookie {
    static let session = "__Host-session"
    static let language = "__Host-language"
    static let signIn = "__Host-sign-in"

    /// Gone with the browser at the latest; the server ends it before.
    static func session(_ token: WebToken) -> String {
        "\(session)=\(token.text); Path=/; Secure; HttpOnly; SameSite=Strict"
    }

    static let endOfSession = "\(session)=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"

    static func language(_ language: Language) -> String {
        "\(self.language)=\(language.rawValue); Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000"
    }

    /// Which browser was sent to the provider. Lax: it has to come along when the provider sends it back.
    static func signIn(_ browser: WebToken) -> String {
        "\(signIn)=\(browser.text); Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=\(WebSignIns.life)"
    }

    static let endOfSignIn = "\(signIn)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
}
