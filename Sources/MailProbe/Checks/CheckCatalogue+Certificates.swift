extension CheckCatalogue {
    static let certificates: [Check] = [
        tlsIntercepted, tlsCertExpired, tlsCertExpiring, tlsCertNotYetValid, tlsCertName, tlsCertSelfSigned,
        tlsCertUntrusted, tlsChainIncomplete, tlsChainOrder, tlsCertWeak, tlsCertDiffers, tlsOcsp, tlsDane,
    ]

    static let tlsIntercepted = Check(
        "tls.intercepted", .critical, facts: ["issuer"],
        title: Text("Nobody opens the encryption on the way", sv: "Ingen öppnar krypteringen på vägen"),
        good: Text("The encryption reaches the server itself.", sv: "Krypteringen når ända fram till servern."),
        seen: Text(
            "The certificate comes from {issuer}, which opens the encryption on the way.",
            sv: "Certifikatet kommer från {issuer}, som öppnar krypteringen på vägen."),
        why: Text(
            "Whoever opens the encryption can read your password and your mail.",
            sv: "Den som öppnar krypteringen kan läsa ditt lösenord och din e-post."),
        how: Text(
            "The issuer is compared with the names of antivirus programs and of boxes that scan traffic.",
            sv: "Utfärdaren jämförs med namnen på antivirusprogram och utrustning som granskar trafik."),
        remedy: Remedy(
            user: Text(
                "Switch off the mail scanning of {issuer}, and do not accept its certificate.",
                sv: "Stäng av e-postgenomsökningen i {issuer}, och godkänn inte dess certifikat."),
            helpdesk: Text(
                "Help the user to switch off the scanning of encrypted mail in {issuer}.",
                sv: "Hjälp användaren att stänga av genomsökning av krypterad e-post i {issuer}."),
            admin: Text(
                "If {issuer} is your own box, exempt the mail ports of {host} from its inspection.",
                sv: "Om {issuer} är er egen utrustning, undanta e-postportarna på {host} från dess granskning.")))

    static let tlsCertExpired = Check(
        "tls.cert.expired", .critical, facts: ["not_after", "days", "subject"],
        title: Text("The certificate is still valid", sv: "Certifikatet gäller fortfarande"),
        good: Text("The certificate is valid.", sv: "Certifikatet gäller."),
        seen: Text(
            "The certificate of {host} ran out on {not_after}; days since then: {days}.",
            sv: "Certifikatet för {host} gick ut {not_after}; dagar sedan dess: {days}."),
        why: Text(
            "Mail programs refuse to connect, and nobody can tell a forgotten renewal from an attack.",
            sv: "E-postprogram vägrar att ansluta, och ingen kan skilja en glömd förnyelse från ett angrepp."),
        how: Text(
            "The dates of every certificate that the server sends are compared with the clock of this device.",
            sv: "Datumen i varje certifikat som servern skickar jämförs med enhetens klocka."),
        remedy: Remedy(
            user: Text(
                "Do not accept an exception; wait until the server is repaired, and tell the helpdesk.",
                sv: "Godkänn inget undantag; vänta tills servern är lagad, och säg till supporten."),
            helpdesk: Text(
                "Tell the mail administrators now: everybody is affected.",
                sv: "Säg till e-postadministratörerna nu: alla är drabbade."),
            admin: Text(
                "Install the renewed chain and run: systemctl reload posthus.",
                sv: "Installera den förnyade kedjan och kör: systemctl reload posthus.")))

    static let tlsCertExpiring = Check(
        "tls.cert.expiring", .critical, facts: ["not_after", "days", "subject"],
        title: Text("The certificate is valid for some time yet", sv: "Certifikatet gäller en god tid till"),
        good: Text(
            "The certificate is valid for some time yet[[; days left: {days}]].",
            sv: "Certifikatet gäller en god tid till[[; dagar kvar: {days}]]."),
        seen: Text(
            "The certificate of {host} runs out on {not_after}; days left: {days}.",
            sv: "Certifikatet för {host} går ut {not_after}; dagar kvar: {days}."),
        why: Text(
            "When it has run out, no mail program connects any more.",
            sv: "När det har gått ut ansluter inga e-postprogram längre."),
        how: Text(
            "The days that are left are counted, and compared with --warn-days and --crit-days.",
            sv: "De dagar som är kvar räknas, och jämförs med --warn-days och --crit-days."),
        remedy: Remedy(
            user: Text(
                "Change nothing, but tell the helpdesk if the date is near: {not_after}.",
                sv: "Ändra inget, men säg till supporten om datumet är nära: {not_after}."),
            helpdesk: Text(
                "Check that the mail administrators know the date, {not_after}.",
                sv: "Kontrollera att e-postadministratörerna känner till datumet, {not_after}."),
            admin: Text(
                "Renew the certificate now and run: systemctl reload posthus.",
                sv: "Förnya certifikatet nu och kör: systemctl reload posthus.")))

    static let tlsCertNotYetValid = Check(
        "tls.cert.not-yet-valid", .critical, facts: ["not_before", "now"],
        title: Text("The certificate is valid already", sv: "Certifikatet gäller redan"),
        good: Text("The certificate is valid already.", sv: "Certifikatet gäller redan."),
        seen: Text(
            "The certificate of {host} is valid only from {not_before}; this device says it is {now}.",
            sv: "Certifikatet för {host} gäller först från {not_before}; enheten säger att klockan är {now}."),
        why: Text(
            "Either the clock of this device is wrong or the certificate came too early; mail programs refuse both.",
            sv: "Antingen går enhetens klocka fel eller så kom certifikatet för tidigt; e-postprogram vägrar i "
                + "båda fallen."),
        how: Text(
            "The dates of every certificate that the server sends are compared with the clock of this device.",
            sv: "Datumen i varje certifikat som servern skickar jämförs med enhetens klocka."),
        remedy: Remedy(
            user: Text(
                "Let your device set its clock automatically, and accept no exception.",
                sv: "Låt enheten ställa klockan automatiskt, och godkänn inget undantag."),
            helpdesk: Text(
                "Compare the device's clock with the real time, and tell the mail administrators if it is right.",
                sv: "Jämför enhetens klocka med den verkliga tiden, och säg till e-postadministratörerna om den "
                    + "går rätt."),
            admin: Text(
                "Install a certificate that is valid already, and keep this one until {not_before}.",
                sv: "Installera ett certifikat som redan gäller, och spara det här till {not_before}.")))
}
