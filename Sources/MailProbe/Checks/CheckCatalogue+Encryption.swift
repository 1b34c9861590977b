extension CheckCatalogue {
    static let encryption: [Check] = [
        tlsModeSslOnStarttlsPort, tlsModePlainOnSslPort, tlsStarttlsMissing, tlsStarttlsRefused, tlsStarttlsInjection,
        tlsVersionOld, tlsVersionDeprecatedOffered, tlsCipherWeak, tlsHandshake, tlsSession, tlsResumption, tlsSni,
    ]

    static let tlsModeSslOnStarttlsPort = Check(
        "tls.mode.ssl-on-starttls-port", .critical, facts: ["right"],
        title: Text("The port wants STARTTLS, as asked for", sv: "Porten vill ha STARTTLS, som önskat"),
        good: Text("Port {port} wants STARTTLS.", sv: "Port {port} vill ha STARTTLS."),
        seen: Text(
            "Port {port} speaks SSL/TLS at once, but your settings say STARTTLS.",
            sv: "Port {port} talar SSL/TLS direkt, men dina inställningar säger STARTTLS."),
        why: Text(
            "The mail program waits for a greeting and the server for encryption: both are silent until the "
                + "program gives up.",
            sv: "E-postprogrammet väntar på en hälsning och servern på kryptering: båda tiger tills programmet ger "
                + "upp."),
        how: Text(
            "When the port says nothing, a second connection begins with encryption at once, and the server answers.",
            sv: "När porten inte säger något inleds en andra anslutning med kryptering direkt, och servern svarar."),
        remedy: Remedy(
            user: Text(
                "In the server settings of your account choose {ssl} for port {port}[[; documented is port {right}]].",
                sv: "Välj {ssl} för port {port} i kontots serverinställningar[[; dokumenterad är port {right}]]."),
            helpdesk: Text(
                "Change the encryption for port {port} to {ssl} together with the user.",
                sv: "Ändra krypteringen för port {port} till {ssl} tillsammans med användaren."),
            admin: Text(
                "If port {port} shall want STARTTLS, change its listener: see \"mail-serve --print-listeners\".",
                sv: "Om port {port} ska vilja ha STARTTLS, ändra vad som lyssnar där: se ”mail-serve "
                    + "--print-listeners”.")))

    static let tlsModePlainOnSslPort = Check(
        "tls.mode.plain-on-ssl-port", .critical, facts: ["right", "greeting"],
        title: Text("The port speaks SSL/TLS at once, as asked for", sv: "Porten talar SSL/TLS direkt, som önskat"),
        good: Text("Port {port} speaks SSL/TLS at once.", sv: "Port {port} talar SSL/TLS direkt."),
        seen: Text(
            "Port {port} begins without encryption (\"{greeting}\"), but your settings say SSL/TLS.",
            sv: "Port {port} börjar utan kryptering (”{greeting}”), men dina inställningar säger SSL/TLS."),
        why: Text(
            "The mail program sends encryption, the server answers with text, and neither understands the other.",
            sv: "E-postprogrammet skickar kryptering, servern svarar med text, och ingen förstår den andra."),
        how: Text(
            "When the handshake fails on readable text, a second connection reads the server's first line.",
            sv: "När handskakningen misslyckas på läsbar text läser en andra anslutning serverns första rad."),
        remedy: Remedy(
            user: Text(
                "Choose {starttls} for this port[[, or the documented port, {right}]], but never {no_encryption}.",
                sv: "Välj {starttls} för den här porten[[, eller den dokumenterade porten, {right}]], men aldrig "
                    + "{no_encryption}."),
            helpdesk: Text(
                "Set port and encryption as documented[[ (port {right})]], and see that {no_encryption} is not chosen.",
                sv: "Ställ in port och kryptering som dokumenterat[[ (port {right})]], och se till att "
                    + "{no_encryption} inte är vald."),
            admin: Text(
                "Make port {port} speak TLS from the first byte, or document STARTTLS for it.",
                sv: "Låt port {port} tala TLS från första byten, eller dokumentera STARTTLS för den.")))
}
