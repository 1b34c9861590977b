extension CheckCatalogue {
    static let logins: [Check] = [
        authBeforeTls, authNotOffered, authMethod, authFailed, authUsernameForm, authLocked, authNoPasswordYet,
        authDisabled, authProtocolOff,
    ]

    static let authBeforeTls = Check(
        "auth.before-tls", .critical, facts: ["mechanisms"],
        title: Text("No password is taken without encryption", sv: "Inget lösenord tas emot utan kryptering"),
        good: Text("No password is taken without encryption.", sv: "Inget lösenord tas emot utan kryptering."),
        seen: Text(
            "The server takes passwords without encryption on port {port} ({mechanisms}).",
            sv: "Servern tar emot lösenord utan kryptering på port {port} ({mechanisms})."),
        why: Text(
            "A mail program that is set up wrongly sends your password so that anybody on the way can read it.",
            sv: "Ett felinställt e-postprogram skickar ditt lösenord så att vem som helst på vägen kan läsa det."),
        how: Text(
            "The list of what the server offers before encryption is searched for ways to log in.",
            sv: "I listan över vad servern erbjuder före kryptering söks sätt att logga in."),
        remedy: Remedy(
            user: Text(
                "Make sure in the server settings of your account that you have not chosen {no_encryption}.",
                sv: "Se till att du inte har valt {no_encryption} i kontots serverinställningar."),
            helpdesk: Text(
                "Check the user's encryption setting, and tell the mail administrators about port {port}.",
                sv: "Kontrollera användarens krypteringsinställning, och säg till e-postadministratörerna om port "
                    + "{port}."),
            admin: Text(
                "Offer no login on port {port} before STARTTLS.",
                sv: "Erbjud ingen inloggning på port {port} före STARTTLS.")))

    static let authNotOffered = Check(
        "auth.not-offered", .critical, facts: ["right"],
        title: Text("The port takes logins", sv: "Porten tar emot inloggningar"),
        good: Text("Port {port} takes logins.", sv: "Port {port} tar emot inloggningar."),
        seen: Text("Port {port} takes no logins.", sv: "Port {port} tar inte emot inloggningar."),
        why: Text(
            "Without login a mail program cannot send, and many show only that sending failed.",
            sv: "Utan inloggning kan ett e-postprogram inte skicka, och många visar bara att det misslyckades."),
        how: Text(
            "The list of what the server offers behind encryption is searched for ways to log in.",
            sv: "I listan över vad servern erbjuder bakom kryptering söks sätt att logga in."),
        remedy: Remedy(
            user: Text(
                "Enter the documented port in the server settings of your account[[: {right}]].",
                sv: "Skriv in den dokumenterade porten i kontots serverinställningar[[: {right}]]."),
            helpdesk: Text(
                "Compare the port with the documented settings[[ ({right})]].",
                sv: "Jämför porten med de dokumenterade inställningarna[[ ({right})]]."),
            admin: Text(
                "Switch login on for port {port}: posthus offers it once tls.certificate is set.",
                sv: "Slå på inloggning för port {port}: posthus erbjuder den när tls.certificate är satt.")))

    static let authMethod = Check(
        "auth.method", .critical, facts: ["offered", "wanted"],
        title: Text("The server offers the chosen way to log in", sv: "Servern erbjuder det valda sättet att logga in"),
        good: Text(
            "The server offers the chosen way to log in.",
            sv: "Servern erbjuder det valda sättet att logga in."),
        seen: Text(
            "The server does not offer \"{wanted}\", only {offered}.",
            sv: "Servern erbjuder inte ”{wanted}”, bara {offered}."),
        why: Text(
            "The mail program gives up before it has sent the password, and blames the password nevertheless.",
            sv: "E-postprogrammet ger upp innan det har skickat lösenordet, och skyller ändå på lösenordet."),
        how: Text(
            "The ways to log in that the server offers are compared with the one in the settings.",
            sv: "Sätten att logga in som servern erbjuder jämförs med det i inställningarna."),
        remedy: Remedy(
            user: Text(
                "As authentication choose {normal_password}, for the incoming and the outgoing server.",
                sv: "Välj {normal_password} som autentisering, för både inkommande och utgående server."),
            helpdesk: Text(
                "Change the authentication to {normal_password} together with the user.",
                sv: "Ändra autentiseringen till {normal_password} tillsammans med användaren."),
            admin: Text(
                "Document which authentication to choose, or offer \"{wanted}\" as well.",
                sv: "Dokumentera vilken autentisering som ska väljas, eller erbjud även ”{wanted}”.")))

    static let authFailed = Check(
        "auth.failed", .critical, facts: ["user_form", "text"],
        title: Text("Name and password are accepted", sv: "Namn och lösenord godtas"),
        good: Text("The login was accepted.", sv: "Inloggningen godtogs."),
        seen: Text(
            "The server does not accept this name with this password: \"{text}\".",
            sv: "Servern godtar inte det här namnet med det här lösenordet: ”{text}”."),
        why: Text(
            "Which of the two is wrong is told to nobody, so that nobody can find out names by trying.",
            sv: "Vilket av dem som är fel får ingen veta, så att ingen kan få fram namn genom att prova."),
        how: Text(
            "One login is made for each protocol, only behind encryption and a good certificate, and never a "
                + "second one.",
            sv: "En inloggning görs för varje protokoll, bara bakom kryptering och ett bra certifikat, och aldrig "
                + "en andra."),
        remedy: Remedy(
            user: Text(
                "Enter the mail password from the portal, not the central (CID) password[[, and as user name "
                    + "{user_form}]].",
                sv: "Skriv e-postlösenordet från portalen, inte det centrala lösenordet (CID)[[, och som "
                    + "användarnamn {user_form}]]."),
            helpdesk: Text(
                "Let the user set a new mail password in the portal, and enter it on every device.",
                sv: "Låt användaren välja ett nytt e-postlösenord i portalen, och skriva in det på alla enheter."),
            admin: Text(
                "Look this attempt up with \"mailctl probe-log\" and the token of this run.",
                sv: "Slå upp försöket med ”mailctl probe-log” och körningens kod.")))

    static let authUsernameForm = Check(
        "auth.username-form", .warning, facts: ["given", "user_form"],
        title: Text("The user name has the documented form", sv: "Användarnamnet har den dokumenterade formen"),
        good: Text("The user name has the documented form.", sv: "Användarnamnet har den dokumenterade formen."),
        seen: Text(
            "The user name \"{given}\" does not have the documented form: {user_form}.",
            sv: "Användarnamnet ”{given}” har inte den dokumenterade formen: {user_form}."),
        why: Text(
            "Some servers know only one form of the name, and say of the other that the login is wrong.",
            sv: "Vissa servrar känner bara till en form av namnet, och säger om den andra att inloggningen är fel."),
        how: Text(
            "The name is compared with the form that the documented settings ask for.",
            sv: "Namnet jämförs med formen som de dokumenterade inställningarna kräver."),
        remedy: Remedy(
            user: Text(
                "Enter as user name {user_form}, for the incoming and the outgoing server.",
                sv: "Skriv som användarnamn {user_form}, för både inkommande och utgående server."),
            helpdesk: Text(
                "Correct the user name with the user, in both servers' settings.",
                sv: "Rätta användarnamnet tillsammans med användaren, i inställningarna för båda servrarna."),
            admin: Text(
                "Let the server accept every form that people use, or document one clearly.",
                sv: "Låt servern godta alla former som folk använder, eller dokumentera en tydligt.")))
}
