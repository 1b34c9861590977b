extension CheckCatalogue {
    static let authLocked = Check(
        "auth.locked", .critical, facts: ["minutes", "text"],
        title: Text("Logins are not locked", sv: "Inloggningen är inte låst"),
        good: Text("Logins are not locked.", sv: "Inloggningen är inte låst."),
        seen: Text(
            "Too many wrong logins have locked further ones: \"{text}\".",
            sv: "För många felaktiga inloggningar har låst fler försök: ”{text}”."),
        why: Text(
            "While it lasts even the right password is refused; a device with an old password can lock it again "
                + "and again.",
            sv: "Så länge det varar avvisas även rätt lösenord; en enhet med ett gammalt lösenord kan låsa det "
                + "gång på gång."),
        how: Text(
            "The server says so at the one login that is made.",
            sv: "Servern säger det vid den enda inloggning som görs."),
        remedy: Remedy(
            user: Text(
                "Wait a while[[ ({minutes} min)]], and correct the old password on all your phones, tablets and "
                    + "computers.",
                sv: "Vänta en stund[[ ({minutes} min)]], och rätta det gamla lösenordet på alla dina telefoner, "
                    + "plattor och datorer."),
            helpdesk: Text(
                "Search with the user for the device that still has an old password.",
                sv: "Leta tillsammans med användaren efter enheten som fortfarande har ett gammalt lösenord."),
            admin: Text(
                "Find in \"journalctl -u posthus\" the addresses of the failed logins; the lock ends by itself.",
                sv: "Hitta adresserna för de misslyckade inloggningarna i ”journalctl -u posthus”; låset upphör av "
                    + "sig självt.")))

    static let authNoPasswordYet = Check(
        "auth.no-password-yet", .critical, facts: ["text"],
        title: Text("A mail password has been set", sv: "Ett e-postlösenord är valt"),
        good: Text("A mail password has been set.", sv: "Ett e-postlösenord är valt."),
        seen: Text(
            "No mail password has been set yet: \"{text}\".",
            sv: "Inget e-postlösenord är valt ännu: ”{text}”."),
        why: Text(
            "Mail has a password of its own; the central (CID) password does not work for it.",
            sv: "E-posten har ett eget lösenord; det centrala lösenordet (CID) fungerar inte för den."),
        how: Text(
            "The server says so at the one login that is made.",
            sv: "Servern säger det vid den enda inloggning som görs."),
        remedy: Remedy(
            user: Text(
                "Log in to the portal with your central (CID) account, and set a mail password there.",
                sv: "Logga in i portalen med ditt centrala konto (CID), och välj ett e-postlösenord där."),
            helpdesk: Text(
                "Show the user where in the portal the mail password is set.",
                sv: "Visa användaren var i portalen man väljer e-postlösenord."),
            admin: Text(
                "Check with \"mailctl account show\" that the account waits for its first password, and that the "
                    + "portal works.",
                sv: "Kontrollera med ”mailctl account show” att kontot väntar på sitt första lösenord, och att "
                    + "portalen fungerar.")))

    static let authDisabled = Check(
        "auth.disabled", .critical, facts: ["contact", "text"],
        title: Text("Logging in is allowed", sv: "Inloggning är tillåten"),
        good: Text("Logging in is allowed.", sv: "Inloggning är tillåten."),
        seen: Text("Logging in is not allowed: \"{text}\".", sv: "Inloggning är inte tillåten: ”{text}”."),
        why: Text(
            "Another password does not help: somebody has to allow it again.",
            sv: "Ett annat lösenord hjälper inte: någon måste tillåta det igen."),
        how: Text(
            "The server says so at the one login that is made.",
            sv: "Servern säger det vid den enda inloggning som görs."),
        remedy: Remedy(
            user: Text(
                "Ask whoever is responsible for your account[[ ({contact})]] to open it again.",
                sv: "Be den som ansvarar för ditt konto[[ ({contact})]] att öppna det igen."),
            helpdesk: Text(
                "Find out who is responsible for the account[[ ({contact})]], and send the user there.",
                sv: "Ta reda på vem som ansvarar för kontot[[ ({contact})]], och hänvisa användaren dit."),
            admin: Text(
                "See with \"mailctl account show\" why, and use \"mailctl account resume\" if that was decided.",
                sv: "Se med ”mailctl account show” varför, och använd ”mailctl account resume” om det är beslutat.")))

    static let authProtocolOff = Check(
        "auth.protocol-off", .critical, facts: ["text"],
        title: Text("The account may use this service", sv: "Kontot får använda tjänsten"),
        good: Text("The account may use this service.", sv: "Kontot får använda tjänsten."),
        seen: Text(
            "{service} is switched off for this account: \"{text}\".",
            sv: "{service} är avstängt för det här kontot: ”{text}”."),
        why: Text(
            "Name and password are right, and are refused nevertheless.",
            sv: "Namn och lösenord är rätt, och avvisas ändå."),
        how: Text(
            "The server says so at the one login that is made.",
            sv: "Servern säger det vid den enda inloggning som görs."),
        remedy: Remedy(
            user: Text(
                "Set the account up as documented, for example with IMAP instead of POP3.",
                sv: "Ställ in kontot som dokumenterat, till exempel med IMAP i stället för POP3."),
            helpdesk: Text(
                "Ask the contact of the user's organisation whether {service} shall be on.",
                sv: "Fråga kontaktpersonen i användarens organisation om {service} ska vara på."),
            admin: Text(
                "Look with \"mailctl feature show\", and switch it on with \"mailctl feature set\" if that was "
                    + "decided.",
                sv: "Titta med ”mailctl feature show”, och slå på tjänsten med ”mailctl feature set” om det är "
                    + "beslutat.")))
}
