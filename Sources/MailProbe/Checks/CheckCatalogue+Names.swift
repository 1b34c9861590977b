extension CheckCatalogue {
    static let names: [Check] = [
        dnsNone, dnsServfail, dnsV6Only, dnsAddressDiffers, dnsPrivateAddress, dnsSrvMissing, dnsSrvMismatch,
        autoconfigMissing, autoconfigWrong,
    ]

    static let dnsNone = Check(
        "dns.none", .critical, facts: ["suggested", "family"],
        title: Text("The server's name is known", sv: "Serverns namn är känt"),
        good: Text("The name {host} leads to a server.", sv: "Namnet {host} leder till en server."),
        seen: Text(
            "The name {host} leads to no server[[ by {family}]][[ (did you mean {suggested}?)]].",
            sv: "Namnet {host} leder inte till någon server[[ via {family}]][[ (menade du {suggested}?)]]."),
        why: Text(
            "Without an address no program can reach the server; most often a letter is wrong.",
            sv: "Utan adress kan inget program nå servern; oftast är det en felskriven bokstav."),
        how: Text(
            "The name is looked up in DNS, for IPv4 and for IPv6.",
            sv: "Namnet slås upp i DNS, både för IPv4 och för IPv6."),
        remedy: Remedy(
            user: Text(
                "Check the spelling of the server name in your settings[[, or enter {suggested}]][[, or allow "
                    + "more than {family}]].",
                sv: "Kontrollera hur servernamnet är stavat i dina inställningar[[, eller skriv {suggested}]][[, "
                    + "eller tillåt mer än {family}]]."),
            helpdesk: Text(
                "Compare the server name in the user's settings with the documented one, letter by letter.",
                sv: "Jämför servernamnet i användarens inställningar med det dokumenterade, bokstav för bokstav."),
            admin: Text(
                "Publish an A or AAAA record for {host}, if the name is one of yours.",
                sv: "Publicera en A- eller AAAA-post för {host}, om namnet är ert.")))

    static let dnsServfail = Check(
        "dns.servfail", .unknown, facts: ["reason"],
        title: Text("Names can be looked up", sv: "Namn kan slås upp"),
        good: Text("Names can be looked up.", sv: "Namn kan slås upp."),
        seen: Text(
            "The name {host} could not be looked up: {reason}.",
            sv: "Namnet {host} kunde inte slås upp: {reason}."),
        why: Text(
            "From a network that cannot look up names, nothing can be said about the mail server.",
            sv: "Från ett nätverk som inte kan slå upp namn går det inte att säga något om e-postservern."),
        how: Text(
            "An error of DNS, or no answer within a few seconds, is told apart from the answer that the name does "
                + "not exist.",
            sv: "Ett fel från DNS, eller inget svar inom några sekunder, skiljs från svaret att namnet inte finns."),
        remedy: Remedy(
            user: Text(
                "Try again in a minute, or use another network.",
                sv: "Försök igen om en minut, eller använd ett annat nätverk."),
            helpdesk: Text(
                "Ask whether web pages open on the same device: if not, help with the network first.",
                sv: "Fråga om webbsidor går att öppna på samma enhet: om inte, hjälp till med nätverket först."),
            admin: Text(
                "Ask each name server of the domain for {host}, and check its DNSSEC signatures.",
                sv: "Fråga varje namnserver för domänen efter {host}, och kontrollera DNSSEC-signaturerna.")))

    static let dnsV6Only = Check(
        "dns.v6-only", .critical, facts: ["addresses"],
        title: Text("The server can be reached by IPv4", sv: "Servern kan nås via IPv4"),
        good: Text("{host} has an IPv4 address.", sv: "{host} har en IPv4-adress."),
        seen: Text("{host} has only IPv6 addresses ({addresses}).", sv: "{host} har bara IPv6-adresser ({addresses})."),
        why: Text(
            "Many networks have no IPv6: from there the server seems not to exist.",
            sv: "Många nätverk saknar IPv6: därifrån ser det ut som om servern inte finns."),
        how: Text(
            "The A and AAAA records of the name are looked up, and the device is asked whether it has a way to IPv6.",
            sv: "Namnets A- och AAAA-poster slås upp, och enheten tillfrågas om den når IPv6."),
        remedy: Remedy(
            user: Text(
                "If your mail program cannot connect, use a network with IPv6, such as the campus network.",
                sv: "Om e-postprogrammet inte kan ansluta, använd ett nätverk med IPv6, till exempel campusnätet."),
            helpdesk: Text(
                "Let the user try from the campus network, and tell the mail administrators that IPv4 is missing.",
                sv: "Låt användaren prova från campusnätet, och säg till e-postadministratörerna att IPv4 saknas."),
            admin: Text(
                "Add an A record for {host}, and listen on that IPv4 address.",
                sv: "Lägg till en A-post för {host}, och lyssna på den IPv4-adressen.")))

    static let dnsAddressDiffers = Check(
        "dns.address-differs", .critical, facts: ["works", "fails", "problem"],
        title: Text("All addresses of the name work alike", sv: "Namnets alla adresser fungerar likadant"),
        good: Text("All addresses of {host} work alike.", sv: "Alla adresser för {host} fungerar likadant."),
        seen: Text(
            "{works} works, but {fails} does not ({problem}).",
            sv: "{works} fungerar, men inte {fails} ({problem})."),
        why: Text(
            "Programs choose one of the addresses: mail works on some devices and not on others, or only now and then.",
            sv: "Programmen väljer en av adresserna: e-posten fungerar på vissa enheter men inte på andra, eller "
                + "bara ibland."),
        how: Text(
            "Every address of the name is tested by itself, and the results are compared.",
            sv: "Varje adress för namnet testas för sig, och resultaten jämförs."),
        remedy: Remedy(
            user: Text(
                "Tell the helpdesk that the address {fails} does not work.",
                sv: "Säg till supporten att adressen {fails} inte fungerar."),
            helpdesk: Text(
                "Tell the mail administrators that {fails} is the faulty address and {works} is not.",
                sv: "Säg till e-postadministratörerna att {fails} är den felande adressen och att {works} fungerar."),
            admin: Text(
                "Repair the service at {fails}, or remove that address from DNS.",
                sv: "Laga tjänsten på {fails}, eller ta bort den adressen ur DNS.")))

    static let dnsPrivateAddress = Check(
        "dns.private-address", .critical,
        title: Text("The name leads to a public address", sv: "Namnet leder till en publik adress"),
        good: Text("The name {host} leads to a public address.", sv: "Namnet {host} leder till en publik adress."),
        seen: Text(
            "The name {host} leads to {address}, which can be reached only from inside.",
            sv: "Namnet {host} leder till {address}, som bara kan nås inifrån."),
        why: Text(
            "From home or on the road, such an address leads nowhere.",
            sv: "Hemifrån eller på resande fot leder en sådan adress ingenstans."),
        how: Text(
            "The address is compared with the ranges for private networks (RFC 1918, RFC 4193 and their like).",
            sv: "Adressen jämförs med områdena för privata nätverk (RFC 1918, RFC 4193 med flera)."),
        remedy: Remedy(
            user: Text(
                "Connect to the campus network or to VPN, and try again.",
                sv: "Anslut till campusnätet eller till VPN och försök igen."),
            helpdesk: Text(
                "Ask whether the device is on the campus network or uses VPN.",
                sv: "Fråga om enheten finns på campusnätet eller använder VPN."),
            admin: Text(
                "Publish the public address of {host} to the outside, or document that VPN is needed.",
                sv: "Publicera den publika adressen för {host} utåt, eller dokumentera att VPN behövs.")))

    static let dnsSrvMissing = Check(
        "dns.srv-missing", .info, facts: ["domain", "records"],
        title: Text("DNS tells mail programs the servers", sv: "DNS talar om servrarna för e-postprogram"),
        good: Text(
            "DNS tells mail programs the servers of the domain.",
            sv: "DNS talar om domänens servrar för e-postprogram."),
        seen: Text(
            "{domain} lacks service records (SRV) that mail programs look for.",
            sv: "{domain} saknar tjänsteposter (SRV) som e-postprogram letar efter."),
        why: Text(
            "Programs that read these records set themselves up; without them people type the settings, and make "
                + "mistakes.",
            sv: "Program som läser dessa poster ställer in sig själva; utan dem skriver folk in inställningarna "
                + "för hand, och skriver fel."),
        how: Text(
            "The records of RFC 6186 and RFC 8314 are asked for: _imaps, _pop3s, _submissions, _submission and "
                + "their like.",
            sv: "Posterna enligt RFC 6186 och RFC 8314 efterfrågas: _imaps, _pop3s, _submissions, _submission med "
                + "flera."),
        remedy: Remedy(
            user: Text(
                "Type in the documented settings by hand.",
                sv: "Skriv in de dokumenterade inställningarna för hand."),
            helpdesk: Text(
                "Send the user the documented settings.",
                sv: "Skicka de dokumenterade inställningarna till användaren."),
            admin: Text(
                "Publish the records that \"mailctl settings --format srv\" prints: {records}.",
                sv: "Publicera posterna som ”mailctl settings --format srv” skriver ut: {records}.")))

    static let dnsSrvMismatch = Check(
        "dns.srv-mismatch", .warning, facts: ["record", "published", "documented"],
        title: Text("DNS agrees with the documented settings", sv: "DNS stämmer med de dokumenterade inställningarna"),
        good: Text(
            "The service records in DNS agree with the documented settings.",
            sv: "Tjänsteposterna i DNS stämmer med de dokumenterade inställningarna."),
        seen: Text(
            "The record {record} says {published}; documented is {documented}.",
            sv: "Posten {record} säger {published}; dokumenterat är {documented}."),
        why: Text(
            "Programs that set themselves up believe DNS, and then look for the server in the wrong place.",
            sv: "Program som ställer in sig själva litar på DNS, och letar sedan efter servern på fel ställe."),
        how: Text(
            "Every service record for mail is compared with the documented settings.",
            sv: "Varje tjänstepost för e-post jämförs med de dokumenterade inställningarna."),
        remedy: Remedy(
            user: Text(
                "Type in the documented server by hand: {documented}.",
                sv: "Skriv in den dokumenterade servern för hand: {documented}."),
            helpdesk: Text(
                "Give the user the documented server, {documented}, and tell the mail administrators about {record}.",
                sv: "Ge användaren den dokumenterade servern, {documented}, och säg till e-postadministratörerna "
                    + "om {record}."),
            admin: Text(
                "Change the record {record} from {published} to {documented}, or correct the documentation.",
                sv: "Ändra posten {record} från {published} till {documented}, eller rätta dokumentationen.")))

    static let autoconfigMissing = Check(
        "autoconfig.missing", .info, facts: ["domain", "places"],
        title: Text("A file tells mail programs the settings", sv: "En fil talar om inställningarna för e-postprogram"),
        good: Text(
            "The settings are published for mail programs.",
            sv: "Inställningarna är publicerade för e-postprogram."),
        seen: Text(
            "{domain} publishes no file with settings for mail programs (looked for at {places}).",
            sv: "{domain} publicerar ingen fil med inställningar för e-postprogram (letade på {places})."),
        why: Text(
            "Thunderbird and others read this file; without it they guess, and people have to correct the guess.",
            sv: "Thunderbird och andra läser den här filen; utan den gissar de, och folk får rätta gissningen."),
        how: Text(
            "The file config-v1.1.xml is asked for at the places where mail programs look for it.",
            sv: "Filen config-v1.1.xml efterfrågas på de ställen där e-postprogram letar efter den."),
        remedy: Remedy(
            user: Text(
                "Type the documented settings into your mail program yourself.",
                sv: "Skriv själv in de dokumenterade inställningarna i e-postprogrammet."),
            helpdesk: Text(
                "Check with the user what the mail program guessed, and correct it to the documented settings.",
                sv: "Kontrollera tillsammans med användaren vad e-postprogrammet gissade, och rätta till de "
                    + "dokumenterade inställningarna."),
            admin: Text(
                "Serve what \"mailctl settings --format autoconfig\" prints as "
                    + "https://autoconfig.{domain}/mail/config-v1.1.xml.",
                sv: "Lägg ut det som ”mailctl settings --format autoconfig” skriver på "
                    + "https://autoconfig.{domain}/mail/config-v1.1.xml.")))

    static let autoconfigWrong = Check(
        "autoconfig.wrong", .warning, facts: ["place", "published", "documented"],
        title: Text(
            "The published file agrees with the documented settings",
            sv: "Den publicerade filen stämmer med de dokumenterade inställningarna"),
        good: Text(
            "The published file agrees with the documented settings.",
            sv: "Den publicerade filen stämmer med de dokumenterade inställningarna."),
        seen: Text(
            "The file at {place} says {published}; documented is {documented}.",
            sv: "Filen på {place} säger {published}; dokumenterat är {documented}."),
        why: Text(
            "Every new account in Thunderbird and its like starts with the wrong setting.",
            sv: "Varje nytt konto i Thunderbird och liknande program börjar med fel inställning."),
        how: Text(
            "The published file is read as mail programs read it, and compared with the documented settings.",
            sv: "Den publicerade filen läses som e-postprogram läser den, och jämförs med de dokumenterade "
                + "inställningarna."),
        remedy: Remedy(
            user: Text(
                "Correct the setting that your mail program found by itself: {documented}.",
                sv: "Rätta inställningen som e-postprogrammet hittade själv: {documented}."),
            helpdesk: Text(
                "Correct the setting with the user to {documented}, and tell the mail administrators about the file.",
                sv: "Rätta inställningen till {documented} tillsammans med användaren, och säg till "
                    + "e-postadministratörerna om filen."),
            admin: Text(
                "Correct the file at {place}: replace {published} by {documented}.",
                sv: "Rätta filen på {place}: byt {published} mot {documented}.")))
}
