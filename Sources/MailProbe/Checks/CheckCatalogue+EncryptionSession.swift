extension CheckCatalogue {
    static let tlsHandshake = Check(
        "tls.handshake", .critical, facts: ["reason"],
        title: Text("Encryption can be set up", sv: "Krypteringen kan sättas upp"),
        good: Text("Encryption can be set up.", sv: "Krypteringen kan sättas upp."),
        seen: Text(
            "Encryption could not be set up on port {port}: {reason}.",
            sv: "Krypteringen kunde inte sättas upp på port {port}: {reason}."),
        why: Text(
            "Without it nobody can log in; both sides have nothing in common, or something between them disturbs.",
            sv: "Utan den kan ingen logga in; sidorna har inget gemensamt, eller så stör något emellan dem."),
        how: Text(
            "A handshake with all versions and ciphers of today is made, and the server or something on the way "
                + "breaks it off.",
            sv: "En handskakning med alla dagens versioner och chiffer görs, och servern eller något på vägen "
                + "avbryter den."),
        remedy: Remedy(
            user: Text(
                "Try from another network, and tell the helpdesk if it fails there too.",
                sv: "Försök från ett annat nätverk, och säg till supporten om det inte går där heller."),
            helpdesk: Text(
                "Ask for the versions of system and mail program: very old ones lack today's encryption.",
                sv: "Fråga efter versionerna av system och e-postprogram: mycket gamla saknar dagens kryptering."),
            admin: Text(
                "Run \"mail-probe -v\" from inside as well, and compare with \"journalctl -u posthus\".",
                sv: "Kör ”mail-probe -v” även inifrån, och jämför med ”journalctl -u posthus”.")))

    static let tlsSession = Check(
        "tls.session", .info,
        facts: [
            "version", "cipher", "bits", "key_exchange", "resumed", "chain", "names", "key", "signature",
            "certificate_sha256",
        ],
        title: Text("Which encryption is used", sv: "Vilken kryptering som används"),
        good: Text(
            "Encrypted with {version}, {cipher} ({bits} bits), keys by {key_exchange}.",
            sv: "Krypterat med {version}, {cipher} ({bits} bitar), nycklar via {key_exchange}."),
        seen: Text(
            "Encrypted with {version}, {cipher} ({bits} bits), keys by {key_exchange}.",
            sv: "Krypterat med {version}, {cipher} ({bits} bitar), nycklar via {key_exchange}."),
        why: Text(
            "It shows what protects your password and your mail on the way.",
            sv: "Det visar vad som skyddar ditt lösenord och din e-post på vägen."),
        how: Text(
            "It is read from the session that was made, as a mail program would make it.",
            sv: "Det läses ur sessionen som sattes upp, så som ett e-postprogram skulle göra."),
        remedy: Remedy(
            user: Text("Change nothing: this is only for information.", sv: "Ändra inget: detta är bara information."),
            helpdesk: Text(
                "Copy this line into the case when you hand it over.",
                sv: "Kopiera raden till ärendet när du lämnar det vidare."),
            admin: Text("Compare it with what your policy asks for.", sv: "Jämför med vad era regler kräver.")))

    static let tlsResumption = Check(
        "tls.resumption", .info,
        title: Text("Encrypted sessions can be taken up again", sv: "Krypterade sessioner kan återupptas"),
        good: Text("Encrypted sessions can be taken up again.", sv: "Krypterade sessioner kan återupptas."),
        seen: Text(
            "The server does not take up encrypted sessions again.",
            sv: "Servern återupptar inte krypterade sessioner."),
        why: Text(
            "Phones connect often: each time they pay for a whole handshake, in time and battery.",
            sv: "Telefoner ansluter ofta: varje gång betalar de för en hel handskakning, i tid och batteri."),
        how: Text(
            "A second connection brings the session ticket of the first, and the server does not know it.",
            sv: "En andra anslutning tar med den förstas sessionsbiljett, och servern känner inte igen den."),
        remedy: Remedy(
            user: Text("Change nothing: it only costs a little time.", sv: "Ändra inget: det kostar bara lite tid."),
            helpdesk: Text(
                "Look for the cause elsewhere: this only costs a little time.",
                sv: "Sök orsaken någon annanstans: detta kostar bara lite tid."),
            admin: Text(
                "Switch session tickets on, and share their keys among servers behind one address.",
                sv: "Slå på sessionsbiljetter, och dela deras nycklar mellan servrar bakom en och samma adress.")))

    static let tlsSni = Check(
        "tls.sni", .warning, facts: ["with", "without"],
        title: Text(
            "The right certificate comes even without a stated name",
            sv: "Rätt certifikat kommer även utan angivet namn"),
        good: Text(
            "The right certificate comes even when the program does not state the server's name.",
            sv: "Rätt certifikat kommer även när programmet inte anger serverns namn."),
        seen: Text(
            "Programs that do not state the server's name get the certificate of {without}, not that of {with}.",
            sv: "Program som inte anger serverns namn får certifikatet för {without}, inte det för {with}."),
        why: Text(
            "Some old mail programs and scanners do not state it, and then warn about a wrong certificate.",
            sv: "Vissa gamla e-postprogram och skannrar anger det inte, och varnar då för fel certifikat."),
        how: Text(
            "One handshake is made with the server's name (SNI) and one without, and the certificates are compared.",
            sv: "En handskakning görs med serverns namn (SNI) och en utan, och certifikaten jämförs."),
        remedy: Remedy(
            user: Text(
                "Update your mail program if it warns about {without}, and accept no exception.",
                sv: "Uppdatera e-postprogrammet om det varnar för {without}, och godkänn inget undantag."),
            helpdesk: Text(
                "Ask for the version of the mail program: only very old ones do not state the server's name.",
                sv: "Fråga efter e-postprogrammets version: bara mycket gamla anger inte serverns namn."),
            admin: Text(
                "Make the certificate of {host} the first one (tls.certificate in mail.conf), and put others into "
                    + "tls.more.",
                sv: "Gör certifikatet för {host} till det första (tls.certificate i mail.conf), och lägg andra i "
                    + "tls.more.")))
}
