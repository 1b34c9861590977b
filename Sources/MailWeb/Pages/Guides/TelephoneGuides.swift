/// What people carry around.
enum TelephoneGuides {
    static func all(_ values: GuideValues) -> [ProgramGuide] { [apple(values), gmail(values), thunderbird(values)] }

    private static func apple(_ values: GuideValues) -> ProgramGuide {
        let words = values.words
        let profile: HTML =
            values.isLoggedIn
            ? """
            <a href="/settings/mail.mobileconfig">\(words("Fetch your profile", "Hämta din profil"))</a> \
            \(words("on that device, in its own browser Safari, and choose Allow.", "på den enheten, i dess egen webbläsare Safari, och välj Tillåt."))
            """
            : """
            <a href="/login?back=/settings">\(words("Log in", "Logga in"))</a> \
            \(words("on that device, in its own browser Safari, and fetch your profile here.", "på den enheten, i dess egen webbläsare Safari, och hämta din profil här."))
            """
        return ProgramGuide(
            name: "Mail", system: words("on iPhone, iPad and Mac", "på iPhone, iPad och Mac"),
            steps: [
                profile,
                "\(words("Open Settings: at the top it says Profile Downloaded. On a Mac it is System Settings, General, Device Management.", "Öppna Inställningar: överst står Profil hämtad. På en Mac är det Systeminställningar, Allmänt, Enhetshantering."))",
                "\(words("Choose Install, and type your mail password when you are asked for it.", "Välj Installera och skriv ditt e-postlösenord när du blir tillfrågad."))",
            ],
            rest: """
                <p>\(words("Without the profile: Settings, Apps, Mail, Mail Accounts, Add Account, Other. Then:", "Utan profilen: Inställningar, Appar, Mail, E-postkonton, Lägg till konto, Annat. Sedan:"))</p>
                <ul><li>\(values.incomingStep)</li><li>\(values.outgoingStep)</li></ul>

                """)
    }

    private static func gmail(_ values: GuideValues) -> ProgramGuide {
        let words = values.words
        return ProgramGuide(
            name: "Gmail", system: words("on Android", "på Android"),
            steps: [
                "\(words("Tap your picture, Add another account, Other.", "Tryck på din bild, Lägg till ett konto, Annat."))",
                values.addressStep,
                "\(words("Choose Personal (IMAP) if you are asked for the kind.", "Välj Personligt (IMAP) om du tillfrågas om typ."))",
                values.incomingStep, values.outgoingStep,
            ])
    }

    private static func thunderbird(_ values: GuideValues) -> ProgramGuide {
        let words = values.words
        return ProgramGuide(
            name: "Thunderbird, K-9 Mail", system: words("on Android", "på Android"),
            steps: [
                "\(words("Open the menu, Settings, Add account. When it is new it asks by itself.", "Öppna menyn, Inställningar, Lägg till konto. När det är nytt frågar det självt."))",
                values.addressStep,
                "\(words("It finds the servers by itself; compare them with the table above, and choose Next.", "Det hittar servrarna självt; jämför med tabellen ovan och välj Nästa."))",
            ])
    }
}
