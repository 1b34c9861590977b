extension CheckCatalogue {
    static let tlsCertName = Check(
        "tls.cert.name", .critical, facts: ["names", "best"],
        title: Text("The certificate bears the server's name", sv: "Certifikatet bär serverns namn"),
        good: Text("The certificate bears the name {host}.", sv: "Certifikatet bär namnet {host}."),
        seen: Text("The certificate is for {names}, not for {host}.", sv: "Certifikatet gäller {names}, inte {host}."),
        why: Text(
            "A certificate for another name proves nothing: the server may be somebody else's.",
            sv: "Ett certifikat för ett annat namn bevisar inget: servern kan vara någon annans."),
        how: Text(
            "The names in the certificate are compared with the server name that was asked for (RFC 9525).",
            sv: "Namnen i certifikatet jämförs med servernamnet som efterfrågades (RFC 9525)."),
        remedy: Remedy(
            user: Text(
                "Accept no exception[[; enter {best} as server name, if that is the documented one]].",
                sv: "Godkänn inget undantag[[; skriv {best} som servernamn, om det är det dokumenterade]]."),
            helpdesk: Text(
                "Compare the server name in the user's settings with the documented one; never advise an exception.",
                sv: "Jämför servernamnet i användarens inställningar med det dokumenterade; råd aldrig till ett "
                    + "undantag."),
            admin: Text(
                "Add {host} to the names of the certificate.",
                sv: "Lägg till {host} bland certifikatets namn.")))

    static let tlsCertSelfSigned = Check(
        "tls.cert.self-signed", .critical, facts: ["issuer"],
        title: Text("The certificate comes from an authority", sv: "Certifikatet kommer från en certifikatutfärdare"),
        good: Text("The certificate comes from an authority.", sv: "Certifikatet kommer från en certifikatutfärdare."),
        seen: Text(
            "The certificate of {host} was signed by itself ({issuer}), not by an authority.",
            sv: "Certifikatet för {host} är signerat av sig självt ({issuer}), inte av en certifikatutfärdare."),
        why: Text(
            "Anybody can make such a certificate for any name.",
            sv: "Vem som helst kan göra ett sådant certifikat för vilket namn som helst."),
        how: Text(
            "The server's certificate names itself as its issuer, and this device does not know it.",
            sv: "Serverns certifikat anger sig självt som utfärdare, och enheten känner inte till det."),
        remedy: Remedy(
            user: Text(
                "Do not accept the certificate, and tell the helpdesk.",
                sv: "Godkänn inte certifikatet, och säg till supporten."),
            helpdesk: Text(
                "Tell the mail administrators, and never advise to accept it.",
                sv: "Säg till e-postadministratörerna, och råd aldrig någon att godkänna det."),
            admin: Text(
                "Use a certificate from a public authority, or give all devices the organisation's own root.",
                sv: "Använd ett certifikat från en publik utfärdare, eller ge alla enheter organisationens eget "
                    + "rotcertifikat.")))

    static let tlsCertUntrusted = Check(
        "tls.cert.untrusted", .critical, facts: ["issuer", "reason"],
        title: Text("This device knows the authority", sv: "Enheten känner till certifikatutfärdaren"),
        good: Text(
            "This device knows the authority of the certificate.",
            sv: "Enheten känner till certifikatets utfärdare."),
        seen: Text(
            "This device does not trust {issuer}, from whom the certificate of {host} comes[[ ({reason})]].",
            sv: "Enheten litar inte på {issuer}, som certifikatet för {host} kommer från[[ ({reason})]]."),
        why: Text(
            "The server cannot prove who it is to a device that does not know the authority.",
            sv: "Servern kan inte bevisa vem den är för en enhet som inte känner till utfärdaren."),
        how: Text(
            "The chain that the server sends is complete, but does not end at an authority of this device (or of "
                + "--ca-file).",
            sv: "Kedjan som servern skickar är hel, men slutar inte hos en utfärdare som enheten (eller --ca-file) "
                + "känner till."),
        remedy: Remedy(
            user: Text(
                "Accept no exception; ask the helpdesk how your device gets to know the organisation's authority.",
                sv: "Godkänn inget undantag; fråga supporten hur enheten får kännedom om organisationens utfärdare."),
            helpdesk: Text(
                "Check whether the device is very old, or lacks the root certificate that the organisation gives "
                    + "to its devices.",
                sv: "Kontrollera om enheten är mycket gammal, eller saknar rotcertifikatet som organisationen ger "
                    + "sina enheter."),
            admin: Text(
                "Use an authority that all devices know, or give them the root certificate of {issuer}.",
                sv: "Använd en utfärdare som alla enheter känner till, eller ge dem rotcertifikatet för {issuer}.")))

    static let tlsChainIncomplete = Check(
        "tls.chain.incomplete", .critical, facts: ["issuer"],
        title: Text(
            "The server sends all certificates that are needed",
            sv: "Servern skickar alla certifikat som behövs"),
        good: Text(
            "The server sends all certificates that are needed.",
            sv: "Servern skickar alla certifikat som behövs."),
        seen: Text(
            "The server does not send the certificate of {issuer}, which links its own to an authority.",
            sv: "Servern skickar inte certifikatet för {issuer}, som länkar dess eget till en utfärdare."),
        why: Text(
            "Devices that happen to know the link work, others do not: it is not the fault of the user's device.",
            sv: "Enheter som råkar känna till länken fungerar, andra inte: felet ligger inte hos användarens enhet."),
        how: Text(
            "The server's own certificate was issued by one that is neither sent nor known here.",
            sv: "Serverns eget certifikat är utfärdat av ett som varken skickas eller är känt här."),
        remedy: Remedy(
            user: Text(
                "Accept no exception, and tell the helpdesk that the server sends too few certificates.",
                sv: "Godkänn inget undantag, och säg till supporten att servern skickar för få certifikat."),
            helpdesk: Text(
                "Tell the mail administrators; that it works on another device proves nothing.",
                sv: "Säg till e-postadministratörerna; att det fungerar på en annan enhet bevisar inget."),
            admin: Text(
                "Append the certificate of {issuer} after the server's own in the file of tls.certificate, and "
                    + "reload it.",
                sv: "Lägg certifikatet för {issuer} efter serverns eget i filen för tls.certificate, och läs in "
                    + "den på nytt.")))
}
