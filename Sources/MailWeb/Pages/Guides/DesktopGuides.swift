/// What stands on desks.
enum DesktopGuides {
    static func all(_ values: GuideValues) -> [ProgramGuide] {
        [thunderbird(values), outlook(values), classicOutlook(values), evolution(values)]
    }

    private static func thunderbird(_ values: GuideValues) -> ProgramGuide {
        let words = values.words
        return ProgramGuide(
            name: "Thunderbird", system: words("on Windows, Mac and Linux", "på Windows, Mac och Linux"),
            steps: [
                "\(words("Open the menu, New Account, Mail. When it is new it asks by itself.", "Öppna menyn, Nytt konto, E-post. När det är nytt frågar det självt."))",
                values.addressStep,
                "\(words("Choose Continue. It finds the servers by itself.", "Välj Fortsätt. Det hittar servrarna självt."))",
                "\(words("Keep IMAP, and choose Done.", "Behåll IMAP och välj Klar."))",
            ])
    }

    private static func outlook(_ values: GuideValues) -> ProgramGuide {
        let words = values.words
        return ProgramGuide(
            name: "Outlook", system: words("new Outlook, on Windows and Mac", "nya Outlook, på Windows och Mac"),
            steps: [
                "\(words("Open Settings, Accounts, Add account.", "Öppna Inställningar, Konton, Lägg till konto."))",
                "\(words("Type your address and choose Continue; if it asks for the provider, choose IMAP.", "Skriv din adress och välj Fortsätt; frågar det efter leverantör väljer du IMAP."))",
                "\(words("Type your mail password. Choose Show more if it does not go on by itself:", "Skriv ditt e-postlösenord. Välj Visa mer om det inte fortsätter av sig självt:"))",
                values.incomingStep, values.outgoingStep,
            ],
            rest: """
                <p>\(words(
                    "The new Outlook keeps your mail and your mail password on Microsoft's servers. If you do not want that, use another program.",
                    "Nya Outlook lagrar din e-post och ditt e-postlösenord på Microsofts servrar. Vill du inte det, använd ett annat program."))</p>

                """)
    }

    private static func classicOutlook(_ values: GuideValues) -> ProgramGuide {
        let words = values.words
        return ProgramGuide(
            name: "Outlook", system: words("classic, on Windows", "klassiska, på Windows"),
            steps: [
                "\(words("Open File, Add Account.", "Öppna Arkiv, Lägg till konto."))",
                "\(words("Type your address, choose Connect, and type your mail password.", "Skriv din adress, välj Anslut och skriv ditt e-postlösenord."))",
                "\(words("If it does not find the servers: Advanced options, Let me set up my account manually, IMAP. Then:", "Hittar det inte servrarna: Avancerade alternativ, Låt mig konfigurera kontot manuellt, IMAP. Sedan:"))",
                values.incomingStep, values.outgoingStep,
                "\(words("Leave the box for Secure Password Authentication (SPA) empty, and so the root folder path.", "Lämna rutan för säker lösenordsautentisering (SPA) tom, och likaså sökvägen till rotmappen."))",
            ])
    }

    private static func evolution(_ values: GuideValues) -> ProgramGuide {
        let words = values.words
        return ProgramGuide(
            name: "Evolution", system: words("on Linux", "på Linux"),
            steps: [
                "\(words("Open File, New, Mail Account.", "Öppna Arkiv, Nytt, E-postkonto."))",
                "\(words("Type your name and your address; leave Look up mail server details on.", "Skriv ditt namn och din adress; låt Slå upp e-postserverns detaljer vara på."))",
                "\(words("Compare what it has found with the table above, and choose Next until the end.", "Jämför det som hittats med tabellen ovan och välj Nästa till slutet."))",
                "\(words("Type your mail password when it asks.", "Skriv ditt e-postlösenord när det frågar."))",
            ])
    }
}
