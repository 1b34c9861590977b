extension CheckCatalogue {
    static let settings: [Check] = [
        setPortSecurity, setInsecure, setHost, setAuth, setSamePassword,
    ]

    static let setPortSecurity = Check(
        "set.port-security", .critical, facts: ["given_port", "security", "right"],
        title: Text("Port and encryption go together", sv: "Port och kryptering passar ihop"),
        good: Text("Port and encryption go together.", sv: "Port och kryptering passar ihop."),
        seen: Text(
            "Port {given_port} and {security} do not go together; documented is {right}.",
            sv: "Port {given_port} och {security} passar inte ihop; dokumenterat är {right}."),
        why: Text(
            "The mail program and the server wait for each other, or do not understand each other.",
            sv: "E-postprogrammet och servern väntar på varandra, eller förstår inte varandra."),
        how: Text(
            "The typed port and encryption are compared with what the port is for, without any network.",
            sv: "Den inskrivna porten och krypteringen jämförs med vad porten är till för, utan något nätverk."),
        remedy: Remedy(
            user: Text(
                "Enter the documented port and encryption: {right}.",
                sv: "Skriv in den dokumenterade porten och krypteringen: {right}."),
            helpdesk: Text(
                "Set port and encryption together with the user: {right}.",
                sv: "Ställ in port och kryptering tillsammans med användaren: {right}."),
            admin: Text(
                "Document port and encryption side by side, as {right}.",
                sv: "Dokumentera port och kryptering intill varandra, som {right}.")))

    static let setInsecure = Check(
        "set.insecure", .critical, facts: ["right"],
        title: Text("The settings ask for encryption", sv: "Inställningarna kräver kryptering"),
        good: Text("The settings ask for encryption.", sv: "Inställningarna kräver kryptering."),
        seen: Text(
            "The settings use no encryption; documented is {right}.",
            sv: "Inställningarna använder ingen kryptering; dokumenterat är {right}."),
        why: Text(
            "Your password and your mail can be read by anybody on the way.",
            sv: "Ditt lösenord och din e-post kan läsas av vem som helst på vägen."),
        how: Text(
            "The encryption in the settings is read, without any network.",
            sv: "Krypteringen i inställningarna läses, utan något nätverk."),
        remedy: Remedy(
            user: Text(
                "Enter the documented port and encryption, {right}, and never choose {no_encryption}.",
                sv: "Skriv in den dokumenterade porten och krypteringen, {right}, och välj aldrig {no_encryption}."),
            helpdesk: Text(
                "Set {right} with the user, and let the user change the mail password in the portal.",
                sv: "Ställ in {right} tillsammans med användaren, och låt användaren byta e-postlösenord i portalen."),
            admin: Text(
                "Make sure that no port of {host} takes logins without encryption.",
                sv: "Se till att ingen port på {host} tar emot inloggningar utan kryptering.")))

    static let setHost = Check(
        "set.host", .warning, facts: ["given", "right"],
        title: Text("The settings name the documented server", sv: "Inställningarna anger den dokumenterade servern"),
        good: Text("The settings name the documented server.", sv: "Inställningarna anger den dokumenterade servern."),
        seen: Text(
            "The settings name the server {given}; documented is {right}.",
            sv: "Inställningarna anger servern {given}; dokumenterad är {right}."),
        why: Text(
            "An old or second name may work today and stop tomorrow, or fit no certificate.",
            sv: "Ett gammalt eller annat namn kan fungera i dag och sluta i morgon, eller sakna certifikat."),
        how: Text(
            "The server name in the settings is compared with the documented one, without any network.",
            sv: "Servernamnet i inställningarna jämförs med det dokumenterade, utan något nätverk."),
        remedy: Remedy(
            user: Text(
                "Enter {right} as server name instead of {given}.",
                sv: "Skriv {right} som servernamn i stället för {given}."),
            helpdesk: Text(
                "Correct the server name to {right} together with the user, and look at the other server too.",
                sv: "Rätta servernamnet till {right} tillsammans med användaren, och titta på den andra servern "
                    + "också."),
            admin: Text(
                "Keep {given} in DNS and in the certificate as long as people use it.",
                sv: "Behåll {given} i DNS och i certifikatet så länge folk använder det.")))

    static let setAuth = Check(
        "set.auth", .warning, facts: ["given", "right"],
        title: Text(
            "The settings use the documented authentication",
            sv: "Inställningarna använder den dokumenterade autentiseringen"),
        good: Text(
            "The settings use the documented authentication.",
            sv: "Inställningarna använder den dokumenterade autentiseringen."),
        seen: Text(
            "The settings use \"{given}\" as authentication; documented is \"{right}\".",
            sv: "Inställningarna använder ”{given}” som autentisering; dokumenterat är ”{right}”."),
        why: Text(
            "The mail program may find no way to log in, although name and password are right.",
            sv: "E-postprogrammet kanske inte hittar något sätt att logga in, fast namn och lösenord är rätt."),
        how: Text(
            "The authentication in the settings is compared with the documented one, without any network.",
            sv: "Autentiseringen i inställningarna jämförs med den dokumenterade, utan något nätverk."),
        remedy: Remedy(
            user: Text(
                "As authentication choose {normal_password}; the connection is encrypted anyway.",
                sv: "Välj {normal_password} som autentisering; anslutningen är krypterad ändå."),
            helpdesk: Text(
                "Change the authentication together with the user from \"{given}\" to {normal_password}.",
                sv: "Ändra autentiseringen tillsammans med användaren från ”{given}” till {normal_password}."),
            admin: Text(
                "Offer \"{given}\" as well, if many people choose it by themselves.",
                sv: "Erbjud även ”{given}”, om många väljer det på egen hand.")))

    static let setSamePassword = Check(
        "set.same-password", .info,
        title: Text("The mail password is one of its own", sv: "E-postlösenordet är ett eget"),
        good: Text("The mail password is one of its own.", sv: "E-postlösenordet är ett eget."),
        seen: Text(
            "The mail password is said to be the same as the central (CID) password.",
            sv: "E-postlösenordet uppges vara detsamma som det centrala lösenordet (CID)."),
        why: Text(
            "It lies in phones and programs: whoever gets one of them has everything else too.",
            sv: "Det ligger i telefoner och program: den som får tag i ett av dem har allt annat också."),
        how: Text(
            "The settings say so (same_password=yes); no password is read or compared.",
            sv: "Inställningarna säger det (same_password=yes); inget lösenord läses eller jämförs."),
        remedy: Remedy(
            user: Text("Set a mail password of its own in the portal.", sv: "Välj ett eget e-postlösenord i portalen."),
            helpdesk: Text(
                "Show the user where in the portal to set another mail password, and never ask for a password.",
                sv: "Visa användaren var i portalen man väljer ett annat e-postlösenord, och fråga aldrig efter "
                    + "ett lösenord."),
            admin: Text(
                "Let identity.program in mail.conf know central passwords, so that none can become a mail password.",
                sv: "Låt identity.program i mail.conf känna till de centrala lösenorden, så att inget kan bli "
                    + "e-postlösenord.")))
}
