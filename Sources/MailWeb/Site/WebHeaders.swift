import MailWire

/// What goes with every answer, unless its page has said otherwise.
enum WebHeaders {
    /// Our own style and script, no frame around us, no form to anywhere else.
    static let contentSecurityPolicy = [
        "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    static let standard: [(String, String)] = [
        ("Content-Security-Policy", contentSecurityPolicy),
        ("X-Content-Type-Options", "nosniff"),
        // Stricter, and browsers would send our own forms without their origin.
        ("Referrer-Policy", "same-origin"),
        ("Strict-Transport-Security", "max-age=31536000"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ("Cache-Control", "no-store"),
    ]

    static func complete(_ response: inout HTTPResponse) {
        for (name, value) in standard where response.fields[name] == nil { response.fields.add(name, value) }
    }
}
