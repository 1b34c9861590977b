extension ProgramWords {
    static let any = ProgramWords(
        noEncryption: Text("a connection without encryption", sv: "en okrypterad anslutning"),
        normalPassword: Text("the normal password", sv: "vanligt lösenord"),
        prefixField: Text("for the IMAP path prefix", sv: "för IMAP-prefixet"),
        incomingSettings: Text("the settings of the incoming server", sv: "inställningarna för inkommande server"),
        outgoingSettings: Text("the settings of the outgoing server", sv: "inställningarna för utgående server"),
        emptyPrefix: Text("empty the field for the IMAP path prefix", sv: "töm fältet för IMAP-prefixet"),
        outgoingLogin: Text(
            "switch on login with user name and password", sv: "slå på inloggning med användarnamn och lösenord"))

    static let thunderbird = ProgramWords(
        normalPassword: Text("\"Normal password\"", sv: "”Lösenord”"),
        prefixField: Text(
            "\"IMAP server directory\" (Account Settings > Server Settings > Advanced)",
            sv: "”IMAP-serverkatalog” (Kontoinställningar > Serverinställningar > Avancerat)"),
        incomingSettings: Text("Account Settings > Server Settings", sv: "Kontoinställningar > Serverinställningar"),
        outgoingSettings: Text(
            "Account Settings > Outgoing Server", sv: "Kontoinställningar > Server för utgående e-post"),
        emptyPrefix: Text(
            "empty \"IMAP server directory\" (Account Settings > Server Settings > Advanced)",
            sv: "töm ”IMAP-serverkatalog” (Kontoinställningar > Serverinställningar > Avancerat)"),
        outgoingLogin: Text(
            "choose \"Normal password\" as authentication method and enter your user name",
            sv: "välj ”Lösenord” som autentiseringsmetod och skriv ditt användarnamn"),
        fewerConnections: Text(
            "lower \"Maximum number of server connections to cache\" to 5 or less "
                + "(Account Settings > Server Settings > Advanced)",
            sv: "sänk ”Maximala antalet serveranslutningar att cacha” till högst 5 "
                + "(Kontoinställningar > Serverinställningar > Avancerat)"))

    /// The classic one for Windows. It has no choice of authentication but a tick, and the new one has no prefix.
    static let outlook = ProgramWords(
        normalPassword: Text(
            "login without \"Secure Password Authentication (SPA)\"",
            sv: "inloggning utan ”Secure Password Authentication (SPA)”"),
        prefixField: Text(
            "\"Root folder path\" in classic Outlook (File > Account Settings > Account Name and Sync Settings)",
            sv: "”Sökväg till rotmapp” i klassiska Outlook "
                + "(Arkiv > Kontoinställningar > Kontonamn och synkroniseringsinställningar)"),
        incomingSettings: Text(
            "File > Account Settings > Server Settings > Incoming mail",
            sv: "Arkiv > Kontoinställningar > Serverinställningar > Inkommande e-post"),
        outgoingSettings: Text(
            "File > Account Settings > Server Settings > Outgoing mail",
            sv: "Arkiv > Kontoinställningar > Serverinställningar > Utgående e-post"),
        emptyPrefix: Text(
            "empty \"Root folder path\" in classic Outlook (File > Account Settings > Account Name and Sync Settings)",
            sv: "töm ”Sökväg till rotmapp” i klassiska Outlook "
                + "(Arkiv > Kontoinställningar > Kontonamn och synkroniseringsinställningar)"),
        outgoingLogin: Text(
            "tick \"My outgoing server (SMTP) requires authentication\"",
            sv: "kryssa för ”Servern för utgående e-post kräver autentisering”"))

    /// One tick for both kinds of encryption: the port decides.
    static let apple = ProgramWords(
        ssl: useTLS, starttls: useTLS,
        noEncryption: Text("a connection without \"Use TLS/SSL\"", sv: "en anslutning utan ”Använd TLS/SSL”"),
        normalPassword: Text("\"Password\"", sv: "”Lösenord”"),
        prefixField: Text(
            "\"IMAP Path Prefix\" (Mail > Settings > Accounts > Server Settings > Advanced IMAP Settings)",
            sv: "”IMAP-sökvägsprefix” "
                + "(Mail > Inställningar > Konton > Serverinställningar > Avancerade IMAP-inställningar)"),
        incomingSettings: Text(
            "Mail > Settings > Accounts > Server Settings",
            sv: "Mail > Inställningar > Konton > Serverinställningar"),
        outgoingSettings: Text(
            "Mail > Settings > Accounts > Server Settings",
            sv: "Mail > Inställningar > Konton > Serverinställningar"),
        emptyPrefix: Text(
            "empty \"IMAP Path Prefix\" (Mail > Settings > Accounts > Server Settings > Advanced IMAP Settings)",
            sv: "töm ”IMAP-sökvägsprefix” "
                + "(Mail > Inställningar > Konton > Serverinställningar > Avancerade IMAP-inställningar)"),
        outgoingLogin: Text(
            "choose \"Password\" as authentication of the outgoing server and enter your user name",
            sv: "välj ”Lösenord” som autentisering för utgående server och skriv ditt användarnamn"))

    private static let useTLS = Text(
        "\"Use TLS/SSL\" (\"Use SSL\" on an iPhone)", sv: "”Använd TLS/SSL” (”Använd SSL” på en iPhone)")

    /// Gmail's app, and those of makers that come from the same source. It also offers to take any certificate.
    static let android = ProgramWords(
        ssl: Text(
            "\"SSL/TLS\" (never \"Accept all certificates\")", sv: "”SSL/TLS” (aldrig ”Acceptera alla certifikat”)"),
        starttls: Text(
            "\"STARTTLS\" (never \"Accept all certificates\")", sv: "”STARTTLS” (aldrig ”Acceptera alla certifikat”)"),
        normalPassword: Text("login with your password", sv: "inloggning med ditt lösenord"),
        prefixField: Text(
            "\"IMAP path prefix\" (Settings > your account > Incoming settings)",
            sv: "”IMAP-sökvägsprefix” (Inställningar > ditt konto > Inkommande inställningar)"),
        incomingSettings: Text(
            "Settings > your account > Incoming settings",
            sv: "Inställningar > ditt konto > Inkommande inställningar"),
        outgoingSettings: Text(
            "Settings > your account > Outgoing settings",
            sv: "Inställningar > ditt konto > Utgående inställningar"),
        emptyPrefix: Text(
            "empty \"IMAP path prefix\" (Settings > your account > Incoming settings)",
            sv: "töm ”IMAP-sökvägsprefix” (Inställningar > ditt konto > Inkommande inställningar)"),
        outgoingLogin: Text("switch on \"Require sign-in\"", sv: "slå på ”Kräv inloggning”"))

    /// K-9 Mail and Thunderbird for Android, which refuse an empty prefix: they ask the server instead.
    static let k9 = ProgramWords(
        starttls: Text("\"StartTLS\"", sv: "”StartTLS”"),
        normalPassword: Text("\"Normal password\"", sv: "”Normalt lösenord”"),
        prefixField: Text(
            "\"IMAP path prefix\" (Account settings > Fetching mail > Incoming server, "
                + "with \"Auto-detect IMAP namespace\" switched off)",
            sv: "”IMAP sökväg prefix” (Kontoinställningar > E-posthämtning > Inkommande server, "
                + "med ”Upptäck automatiskt IMAP-namnutrymme” avslaget)"),
        incomingSettings: Text(
            "Account settings > Fetching mail > Incoming server",
            sv: "Kontoinställningar > E-posthämtning > Inkommande server"),
        outgoingSettings: Text(
            "Account settings > Sending mail > Outgoing server",
            sv: "Kontoinställningar > Skickar e-post > Utgående server"),
        emptyPrefix: Text(
            "switch on \"Auto-detect IMAP namespace\" (Account settings > Fetching mail > Incoming server)",
            sv: "slå på ”Upptäck automatiskt IMAP-namnutrymme” "
                + "(Kontoinställningar > E-posthämtning > Inkommande server)"),
        outgoingLogin: Text(
            "choose \"Normal password\" as authentication and enter your user name",
            sv: "välj ”Normalt lösenord” som autentisering och skriv ditt användarnamn"))
}
