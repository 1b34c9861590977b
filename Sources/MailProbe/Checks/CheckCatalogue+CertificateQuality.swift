extension CheckCatalogue {
    static let tlsChainOrder = Check(
        "tls.chain.order", .warning, facts: ["order"],
        title: Text("The certificates come in the right order", sv: "Certifikaten kommer i rätt ordning"),
        good: Text("The certificates come in the right order.", sv: "Certifikaten kommer i rätt ordning."),
        seen: Text(
            "The server sends its certificates in the wrong order: {order}.",
            sv: "Servern skickar certifikaten i fel ordning: {order}."),
        why: Text(
            "Most programs sort them, some simple ones do not and refuse to connect.",
            sv: "De flesta program sorterar dem, några enkla gör det inte och vägrar att ansluta."),
        how: Text(
            "Each certificate must be issued by the next one, beginning with the server's own.",
            sv: "Varje certifikat måste vara utfärdat av nästa, med början i serverns eget."),
        remedy: Remedy(
            user: Text(
                "Tell the helpdesk if your mail program warns, and accept no exception.",
                sv: "Säg till supporten om e-postprogrammet varnar, och godkänn inget undantag."),
            helpdesk: Text(
                "Hand this over to the mail administrators, with the name of any program that warns.",
                sv: "Lämna detta vidare till e-postadministratörerna, med namnet på de program som varnar."),
            admin: Text(
                "Put the server's own certificate first, then its issuer, then the next.",
                sv: "Lägg serverns eget certifikat först, sedan dess utfärdare, sedan nästa.")))

    static let tlsCertWeak = Check(
        "tls.cert.weak", .warning, facts: ["weakness"],
        title: Text("The certificate is strong", sv: "Certifikatet är starkt"),
        good: Text("The certificate is strong.", sv: "Certifikatet är starkt."),
        seen: Text(
            "A certificate of {host} is weak: {weakness}.",
            sv: "Ett certifikat för {host} är svagt: {weakness}."),
        why: Text(
            "A weak certificate can be forged with enough effort, and newer systems refuse it.",
            sv: "Ett svagt certifikat går att förfalska med tillräcklig möda, och nyare system vägrar det."),
        how: Text(
            "The key sizes and signatures of all certificates that the server sends are read.",
            sv: "Nyckellängder och signaturer läses i alla certifikat som servern skickar."),
        remedy: Remedy(
            user: Text(
                "Tell the helpdesk if your device refuses the certificate, and accept no exception.",
                sv: "Säg till supporten om enheten vägrar certifikatet, och godkänn inget undantag."),
            helpdesk: Text(
                "Hand this over to the mail administrators before newer devices refuse to connect.",
                sv: "Lämna detta vidare till e-postadministratörerna innan nyare enheter vägrar att ansluta."),
            admin: Text(
                "Get a new certificate with an elliptic curve key, or RSA of at least 2048 bits, signed with SHA-256.",
                sv: "Skaffa ett nytt certifikat med en elliptisk nyckel, eller RSA med minst 2048 bitar, signerat "
                    + "med SHA-256.")))

    static let tlsCertDiffers = Check(
        "tls.cert.differs", .warning, facts: ["here", "there", "other"],
        title: Text("All services send the same certificate", sv: "Alla tjänster skickar samma certifikat"),
        good: Text(
            "All services of {host} send the same certificate.",
            sv: "Alla tjänster på {host} skickar samma certifikat."),
        seen: Text(
            "The certificate here ({here}) is another one than at {other} ({there}).",
            sv: "Certifikatet här ({here}) är ett annat än på {other} ({there})."),
        why: Text(
            "One of them was probably forgotten when the certificate was renewed, and will run out.",
            sv: "Ett av dem glömdes förmodligen när certifikatet förnyades, och kommer att gå ut."),
        how: Text(
            "The certificates of all services and addresses of one run are compared.",
            sv: "Certifikaten från alla tjänster och adresser i en körning jämförs."),
        remedy: Remedy(
            user: Text(
                "Change nothing, and accept no exception should one of them run out.",
                sv: "Ändra inget, och godkänn inget undantag om ett av dem skulle gå ut."),
            helpdesk: Text(
                "Tell the mail administrators that {other} has another certificate.",
                sv: "Säg till e-postadministratörerna att {other} har ett annat certifikat."),
            admin: Text(
                "Reload the service that was left with the old certificate, here or at {other}.",
                sv: "Läs in certifikatet på nytt i tjänsten som blev kvar med det gamla, här eller på {other}.")))

    static let tlsOcsp = Check(
        "tls.ocsp", .critical, facts: ["status"],
        title: Text("The certificate has not been revoked", sv: "Certifikatet är inte återkallat"),
        good: Text(
            "Nothing says that the certificate has been revoked.",
            sv: "Inget säger att certifikatet är återkallat."),
        seen: Text(
            "The authority's word about the certificate of {host} (OCSP): {status}.",
            sv: "Utfärdarens besked om certifikatet för {host} (OCSP): {status}."),
        why: Text(
            "A revoked certificate may be in the wrong hands; one that promises a statement and comes without is "
                + "refused.",
            sv: "Ett återkallat certifikat kan vara i fel händer; ett som utlovar ett besked och kommer utan blir "
                + "avvisat."),
        how: Text(
            "The statement that the server sends along (stapling) is verified; nobody else is asked.",
            sv: "Beskedet som servern skickar med (stapling) kontrolleras; ingen annan tillfrågas."),
        remedy: Remedy(
            user: Text(
                "Do not log in, and accept no exception, until the helpdesk says that it is repaired.",
                sv: "Logga inte in, och godkänn inget undantag, förrän supporten säger att det är lagat."),
            helpdesk: Text(
                "Tell the mail administrators at once: {status}.",
                sv: "Säg till e-postadministratörerna genast: {status}."),
            admin: Text(
                "Replace the certificate if it was revoked; else get a fresh OCSP response for it, or one without "
                    + "that promise.",
                sv: "Byt certifikatet om det är återkallat; hämta annars ett nytt OCSP-svar till det, eller ta ett "
                    + "utan det löftet.")))

    static let tlsDane = Check(
        "tls.dane", .warning, facts: ["record", "reason"],
        title: Text("The certificate agrees with DNS (DANE)", sv: "Certifikatet stämmer med DNS (DANE)"),
        good: Text("The certificate agrees with DNS.", sv: "Certifikatet stämmer med DNS."),
        seen: Text(
            "The record {record} in DNS does not fit the certificate: {reason}.",
            sv: "Posten {record} i DNS passar inte certifikatet: {reason}."),
        why: Text(
            "Mail servers that check DANE deliver nothing here until both agree.",
            sv: "E-postservrar som kontrollerar DANE levererar inget hit förrän båda stämmer."),
        how: Text(
            "The TLSA record is compared with the certificates that the server sends (RFC 6698, RFC 7672).",
            sv: "TLSA-posten jämförs med certifikaten som servern skickar (RFC 6698, RFC 7672)."),
        remedy: Remedy(
            user: Text(
                "Tell the helpdesk if you miss mail from outside.",
                sv: "Säg till supporten om du saknar e-post utifrån."),
            helpdesk: Text(
                "Tell the mail administrators that mail from some other servers may not arrive.",
                sv: "Säg till e-postadministratörerna att e-post från vissa andra servrar kanske inte kommer fram."),
            admin: Text(
                "Publish at {record} a TLSA record of the present certificate beside the old one.",
                sv: "Publicera på {record} en TLSA-post för det nuvarande certifikatet vid sidan av den gamla.")))
}
