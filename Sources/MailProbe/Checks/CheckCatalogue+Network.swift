extension CheckCatalogue {
    static let network: [Check] = [
        netRefused, netFiltered, netUnreachable, netReset, netPort25Blocked, netSlowConnect, clockSkew,
    ]

    static let netRefused = Check(
        "net.refused", .critical, facts: ["right"],
        title: Text("The port is open", sv: "Porten är öppen"),
        good: Text("Port {port} of {host} is open.", sv: "Port {port} på {host} är öppen."),
        seen: Text(
            "No program answers on port {port} of {host}[[; the documented port is {right}]].",
            sv: "Inget program svarar på port {port} på {host}[[; den dokumenterade porten är {right}]]."),
        why: Text(
            "The server can be reached, but this service does not run there, or the port is wrong.",
            sv: "Servern går att nå, men tjänsten körs inte där, eller så är porten fel."),
        how: Text(
            "A connection is attempted, and the other side answers at once that the port is closed.",
            sv: "En anslutning görs, och den andra sidan svarar genast att porten är stängd."),
        remedy: Remedy(
            user: Text(
                "Enter the documented port[[, {right},]] in your settings, or tell the helpdesk if it stands there "
                    + "already.",
                sv: "Skriv in den dokumenterade porten[[, {right},]] i dina inställningar, eller säg till "
                    + "supporten om den redan står där."),
            helpdesk: Text(
                "Compare the port with the documented settings[[ ({right})]], and tell the mail administrators if "
                    + "it is right.",
                sv: "Jämför porten med de dokumenterade inställningarna[[ ({right})]], och säg till "
                    + "e-postadministratörerna om den är rätt."),
            admin: Text(
                "Find out why nothing listens on port {port}: mail-serve --check-config, then systemctl status "
                    + "posthus.",
                sv: "Ta reda på varför inget lyssnar på port {port}: mail-serve --check-config, sedan systemctl "
                    + "status posthus.")))

    static let netFiltered = Check(
        "net.filtered", .critical, facts: ["after"],
        title: Text("The port answers", sv: "Porten svarar"),
        good: Text("Port {port} of {host} answers.", sv: "Port {port} på {host} svarar."),
        seen: Text(
            "Nothing came back from port {port} of {host} within {after}.",
            sv: "Inget kom tillbaka från port {port} på {host} inom {after}."),
        why: Text(
            "A firewall on the way throws the packets away, or no machine has the address; mail programs then wait "
                + "for minutes.",
            sv: "En brandvägg på vägen kastar paketen, eller så har ingen maskin adressen; e-postprogram väntar då "
                + "i minuter."),
        how: Text(
            "A connection is attempted, and there is neither a yes nor a no within the time of --connect-timeout.",
            sv: "En anslutning görs, och det kommer varken ja eller nej inom tiden för --connect-timeout."),
        remedy: Remedy(
            user: Text(
                "Try from another network, such as mobile data, and tell the helpdesk if it fails there too.",
                sv: "Försök från ett annat nätverk, till exempel mobilnätet, och säg till supporten om det inte "
                    + "går där heller."),
            helpdesk: Text(
                "Try the same port from the campus network: if it works there, the user's network blocks it.",
                sv: "Prova samma port från campusnätet: om det går där är det användarens nätverk som spärrar den."),
            admin: Text(
                "Permit TCP port {port} to {address} in the firewall.",
                sv: "Tillåt TCP-port {port} till {address} i brandväggen.")))

    static let netUnreachable = Check(
        "net.unreachable", .critical, facts: ["reason"],
        title: Text("There is a way to the server", sv: "Det finns en väg till servern"),
        good: Text("There is a way to {address}.", sv: "Det finns en väg till {address}."),
        seen: Text(
            "This device has no way to {address}[[ ({reason})]].",
            sv: "Den här enheten har ingen väg till {address}[[ ({reason})]]."),
        why: Text(
            "Most often the device is offline, or has no IPv6.",
            sv: "Oftast är enheten inte uppkopplad, eller saknar IPv6."),
        how: Text(
            "The device itself, or a router on the way, answers that the address cannot be reached.",
            sv: "Enheten själv, eller en router på vägen, svarar att adressen inte kan nås."),
        remedy: Remedy(
            user: Text(
                "Check Wi-Fi, cable and VPN, and try again.",
                sv: "Kontrollera wifi, kabel och VPN och försök igen."),
            helpdesk: Text(
                "Let the user open a web page: if that fails too, help with the network first.",
                sv: "Låt användaren öppna en webbsida: om inte heller det går, hjälp till med nätverket först."),
            admin: Text(
                "Check the route to {address} from outside, and that {host} has an IPv4 address too.",
                sv: "Kontrollera vägen till {address} utifrån, och att {host} har en IPv4-adress också.")))

    static let netReset = Check(
        "net.reset", .critical, facts: ["stage", "stage_words"],
        title: Text("The connection lasts", sv: "Anslutningen håller"),
        good: Text("The connection to port {port} lasts.", sv: "Anslutningen till port {port} håller."),
        seen: Text(
            "The connection to port {port} of {host} was cut {stage_words}.",
            sv: "Anslutningen till port {port} på {host} bröts {stage_words}."),
        why: Text(
            "Something cuts it on purpose: mail scanning on the device or in the network, a block, or a limit of "
                + "the server.",
            sv: "Något bryter den med avsikt: e-postgenomsökning på enheten eller i nätverket, en spärr, eller en "
                + "gräns på servern."),
        how: Text(
            "The other side ends the connection that it had accepted, and the moment tells how far it came.",
            sv: "Den andra sidan avslutar anslutningen som den hade tagit emot, och tidpunkten visar hur långt den "
                + "kom."),
        remedy: Remedy(
            user: Text(
                "Switch off the mail scanning of your antivirus program for a test, and try again.",
                sv: "Stäng av antivirusprogrammets e-postgenomsökning på prov och försök igen."),
            helpdesk: Text(
                "Ask about antivirus programs and VPN, and let the user try from another network.",
                sv: "Fråga om antivirusprogram och VPN, och låt användaren försöka från ett annat nätverk."),
            admin: Text(
                "Look in \"mailctl block list\", and in \"journalctl -u posthus\" for ev=refused, whether the "
                    + "address is kept out.",
                sv: "Se i ”mailctl block list”, och i ”journalctl -u posthus” efter ev=refused, om adressen är "
                    + "utestängd.")))

    static let netPort25Blocked = Check(
        "net.port25-blocked", .warning,
        title: Text("Port 25 is open in this network", sv: "Port 25 är öppen i det här nätverket"),
        good: Text(
            "Port 25 of {host} can be reached from this network.",
            sv: "Port 25 på {host} kan nås från det här nätverket."),
        seen: Text(
            "Port 25 of {host} does not answer, while other servers do: it is blocked here, or that server is down.",
            sv: "Port 25 på {host} svarar inte, men andra servrar gör det: den är spärrad här, eller så är servern "
                + "nere."),
        why: Text(
            "Most providers block port 25 against spam; it is for servers, and mail programs have better ports.",
            sv: "De flesta operatörer spärrar port 25 mot skräppost; den är till för servrar, och e-postprogram "
                + "har bättre portar."),
        how: Text(
            "Port 25 does not answer, although another server does.",
            sv: "Port 25 svarar inte, fast en annan server gör det."),
        remedy: Remedy(
            user: Text(
                "In {outgoing_settings}, enter port 587 and choose {starttls}.",
                sv: "Skriv port 587 och välj {starttls} i {outgoing_settings}."),
            helpdesk: Text(
                "Change the port of the outgoing server from 25 to 587 together with the user.",
                sv: "Ändra porten för utgående server från 25 till 587 tillsammans med användaren."),
            admin: Text(
                "Document port 587 or 465 for sending, never 25.",
                sv: "Dokumentera port 587 eller 465 för att skicka, aldrig 25.")))

    static let netSlowConnect = Check(
        "net.slow-connect", .warning, facts: ["took"],
        title: Text("The connection is made quickly", sv: "Anslutningen går snabbt"),
        good: Text("Connecting to {host} is quick.", sv: "Det går snabbt att ansluta till {host}."),
        seen: Text(
            "It took {took} to connect to port {port} of {host}.",
            sv: "Det tog {took} att ansluta till port {port} på {host}."),
        why: Text(
            "Everything that a mail program does waits for this: packets get lost, or the server takes connections "
                + "too slowly.",
            sv: "Allt som ett e-postprogram gör väntar på detta: paket går förlorade, eller så tar servern emot "
                + "anslutningar för långsamt."),
        how: Text(
            "The time until the connection stands is measured, for each address by itself.",
            sv: "Tiden tills anslutningen står mäts, för varje adress för sig."),
        remedy: Remedy(
            user: Text(
                "Try by cable or nearer to the Wi-Fi access point.",
                sv: "Försök med kabel eller närmare accesspunkten för wifi."),
            helpdesk: Text(
                "Measure from the campus network too: if it is quick there, it is the user's network.",
                sv: "Mät även från campusnätet: om det går snabbt där är det användarens nätverk."),
            admin: Text(
                "Look for lost packets on the way, and for a full queue of new connections on port {port} (ss -ltn).",
                sv: "Leta efter förlorade paket på vägen, och efter en full kö av nya anslutningar på port {port} "
                    + "(ss -ltn).")))

    static let clockSkew = Check(
        "clock.skew", .warning, facts: ["skew", "server_time", "source"],
        title: Text("The clock of this device is right", sv: "Enhetens klocka går rätt"),
        good: Text("The clock of this device is right.", sv: "Enhetens klocka går rätt."),
        seen: Text(
            "The clock of this device is wrong by {skew}: according to {source} it is {server_time}.",
            sv: "Enhetens klocka går fel med {skew}: enligt {source} är klockan {server_time}."),
        why: Text(
            "Certificates have dates: a wrong clock makes good ones look bad, and bad ones good.",
            sv: "Certifikat har datum: med fel klocka ser bra certifikat dåliga ut, och dåliga bra."),
        how: Text(
            "The clock is compared with the time that a server of the domain states.",
            sv: "Klockan jämförs med tiden som en server i domänen anger."),
        remedy: Remedy(
            user: Text(
                "Let your device set date, time and time zone automatically.",
                sv: "Låt enheten ställa in datum, tid och tidszon automatiskt."),
            helpdesk: Text(
                "Show the user where the device sets its time automatically, and look at the time zone.",
                sv: "Visa användaren var enheten ställer in tiden automatiskt, och titta på tidszonen."),
            admin: Text(
                "Check first that {source} has the right time itself (timedatectl).",
                sv: "Kontrollera först att {source} själv har rätt tid (timedatectl).")))
}
