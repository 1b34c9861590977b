extension CheckCatalogue {
    static let mailboxes: [Check] = [
        imapPrefixNeeded, imapPrefixWrong, imapSpecialUse, imapQuotaFull, imapConnections, popLeaveOnServer,
    ]

    static let imapPrefixNeeded = Check(
        "imap.prefix.needed", .warning, facts: ["prefix"],
        title: Text("The IMAP path prefix is set where it is needed", sv: "IMAP-prefixet är satt där det behövs"),
        good: Text("The IMAP path prefix is as the server wants it.", sv: "IMAP-prefixet är som servern vill ha det."),
        seen: Text(
            "The folders are below \"{prefix}\", and the settings do not say so.",
            sv: "Mapparna ligger under ”{prefix}”, och det säger inte inställningarna."),
        why: Text(
            "Programs that do not ask the server for it show the inbox only, and cannot save sent mail.",
            sv: "Program som inte frågar servern om det visar bara inkorgen, och kan inte spara skickade brev."),
        how: Text(
            "The server is asked for its namespace, and the answer is compared with the prefix in the settings.",
            sv: "Servern tillfrågas om sin namnrymd, och svaret jämförs med prefixet i inställningarna."),
        remedy: Remedy(
            user: Text(
                "Enter \"{prefix}\" in the field {prefix_field}.",
                sv: "Skriv ”{prefix}” i fältet {prefix_field}."),
            helpdesk: Text(
                "Help the user to enter \"{prefix}\" in the field {prefix_field}.",
                sv: "Hjälp användaren att skriva ”{prefix}” i fältet {prefix_field}."),
            admin: Text(
                "Document the prefix \"{prefix}\", or let the server do without one.",
                sv: "Dokumentera prefixet ”{prefix}”, eller låt servern klara sig utan.")))

    static let imapPrefixWrong = Check(
        "imap.prefix.wrong", .warning, facts: ["given", "prefix"],
        title: Text("No wrong IMAP path prefix is set", sv: "Inget felaktigt IMAP-prefix är satt"),
        good: Text("The IMAP path prefix is as the server wants it.", sv: "IMAP-prefixet är som servern vill ha det."),
        seen: Text(
            "The IMAP path prefix in the settings is \"{given}\", but no folders are there[[; they are below "
                + "\"{prefix}\"]].",
            sv: "IMAP-prefixet i inställningarna är ”{given}”, men där finns inga mappar[[; de ligger under "
                + "”{prefix}”]]."),
        why: Text(
            "The mail program shows no folders but the inbox, and says nothing of the reason.",
            sv: "E-postprogrammet visar inga mappar utom inkorgen, och säger inget om varför."),
        how: Text(
            "The server is asked for its namespace, and the answer is compared with the prefix in the settings.",
            sv: "Servern tillfrågas om sin namnrymd, och svaret jämförs med prefixet i inställningarna."),
        remedy: Remedy(
            user: Text(
                "To see all folders, {empty_prefix}[[, or enter \"{prefix}\" as prefix]].",
                sv: "För att se alla mappar: {empty_prefix}[[, eller skriv ”{prefix}” som prefix]]."),
            helpdesk: Text(
                "Together with the user, {empty_prefix}[[, or enter \"{prefix}\" as prefix]].",
                sv: "Tillsammans med användaren: {empty_prefix}[[, eller skriv ”{prefix}” som prefix]]."),
            admin: Text(
                "Add \"{given}\" to imap.hidden_prefixes in mail.conf, and the server understands it.",
                sv: "Lägg till ”{given}” i imap.hidden_prefixes i mail.conf, så förstår servern det.")))

    static let imapSpecialUse = Check(
        "imap.special-use", .info, facts: ["missing"],
        title: Text("The server marks its special folders", sv: "Servern märker sina särskilda mappar"),
        good: Text(
            "The server marks the folders for sent mail, drafts and trash.",
            sv: "Servern märker mapparna för skickat, utkast och papperskorg."),
        seen: Text(
            "The server does not say which folders are for: {missing}.",
            sv: "Servern säger inte vilka mappar som är till för: {missing}."),
        why: Text(
            "Each mail program then makes folders of its own, and sent mail lies in different places.",
            sv: "Varje e-postprogram gör då egna mappar, och skickade brev hamnar på olika ställen."),
        how: Text(
            "The list of folders is searched for the marks of RFC 6154.",
            sv: "I listan över mappar söks märkena enligt RFC 6154."),
        remedy: Remedy(
            user: Text(
                "Choose the same folders for {missing} in each of your mail programs.",
                sv: "Välj samma mappar för {missing} i alla dina e-postprogram."),
            helpdesk: Text(
                "Help the user to choose the same folders in every program and on every device.",
                sv: "Hjälp användaren att välja samma mappar i alla program och på alla enheter."),
            admin: Text(
                "Mark one folder each for {missing} (RFC 6154).",
                sv: "Märk en mapp var för {missing} (RFC 6154).")))

    static let imapQuotaFull = Check(
        "imap.quota.full", .critical, facts: ["used", "limit"],
        title: Text("There is room in the mailbox", sv: "Det finns plats i brevlådan"),
        good: Text(
            "There is room in the mailbox[[: {used} of {limit} are used]].",
            sv: "Det finns plats i brevlådan[[: {used} av {limit} används]]."),
        seen: Text(
            "The mailbox is full: {used} of {limit} are used.",
            sv: "Brevlådan är full: {used} av {limit} används."),
        why: Text(
            "New mail is turned away, and sent mail and drafts cannot be saved.",
            sv: "Nya brev avvisas, och skickade brev och utkast kan inte sparas."),
        how: Text(
            "After the login the server is asked for the quota (RFC 9208).",
            sv: "Efter inloggningen tillfrågas servern om utrymmet (RFC 9208)."),
        remedy: Remedy(
            user: Text(
                "Empty the trash and delete your largest mails, or ask for more room.",
                sv: "Töm papperskorgen och radera dina största brev, eller be om mer utrymme."),
            helpdesk: Text(
                "Show the user how to empty the trash and to sort mail by size.",
                sv: "Visa användaren hur man tömmer papperskorgen och sorterar brev efter storlek."),
            admin: Text(
                "See with \"mail-quota show\" what holds for the account, and use \"mail-quota extend\" if more "
                    + "was granted.",
                sv: "Se med ”mail-quota show” vad som gäller för kontot, och använd ”mail-quota extend” om mer är "
                    + "beviljat.")))

    static let imapConnections = Check(
        "imap.connections", .warning, facts: ["text"],
        title: Text("The account has connections to spare", sv: "Kontot har anslutningar kvar"),
        good: Text("The account has connections to spare.", sv: "Kontot har anslutningar kvar."),
        seen: Text(
            "The account has too many connections open at once: \"{text}\".",
            sv: "Kontot har för många anslutningar öppna samtidigt: ”{text}”."),
        why: Text(
            "Devices and programs take each other's connections, and mail comes late or not at all.",
            sv: "Enheter och program tar anslutningarna från varandra, och posten kommer sent eller inte alls."),
        how: Text(
            "The server says so at the one login that is made.",
            sv: "Servern säger det vid den enda inloggning som görs."),
        remedy: Remedy(
            user: Text(
                "To need fewer connections, {fewer_connections}.",
                sv: "För att behöva färre anslutningar: {fewer_connections}."),
            helpdesk: Text(
                "Ask on how many devices and in which programs the account is set up, and remove those not used.",
                sv: "Fråga på hur många enheter och i vilka program kontot finns, och ta bort dem som inte används."),
            admin: Text(
                "See with \"mailctl session list\" what is open, and raise limits.sessions_per_account only if "
                    + "that is not too much.",
                sv: "Se med ”mailctl session list” vad som är öppet, och höj limits.sessions_per_account bara om "
                    + "det inte är för mycket.")))

    static let popLeaveOnServer = Check(
        "pop.leave-on-server", .info,
        title: Text("Fetched mail stays on the server", sv: "Hämtade brev stannar på servern"),
        good: Text("Fetched mail stays on the server.", sv: "Hämtade brev stannar på servern."),
        seen: Text(
            "POP3 usually removes mail from the server once it is fetched.",
            sv: "POP3 tar vanligen bort brev från servern när de har hämtats."),
        why: Text(
            "What one device has fetched no other device sees, and if it breaks the mail is lost.",
            sv: "Det som en enhet har hämtat ser ingen annan enhet, och går den sönder är breven borta."),
        how: Text(
            "The account is asked for with POP3, which knows one inbox and no folders.",
            sv: "Kontot nås med POP3, som har en inkorg och inga mappar."),
        remedy: Remedy(
            user: Text(
                "Choose IMAP instead of POP3, if you read mail on more than one device.",
                sv: "Välj IMAP i stället för POP3 om du läser e-post på mer än en enhet."),
            helpdesk: Text(
                "Ask whether the user has more than one device, and if so set the account up with IMAP.",
                sv: "Fråga om användaren har mer än en enhet, och ställ i så fall in kontot med IMAP."),
            admin: Text(
                "Put IMAP first in the documented settings.",
                sv: "Sätt IMAP först i de dokumenterade inställningarna.")))
}
