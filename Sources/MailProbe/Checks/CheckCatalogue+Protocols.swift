extension CheckCatalogue {
    static let protocols: [Check] = [
        protoSilent, protoGreetingSlow, protoWrong, protoHttp, protoUnknown, protoBusy, protoBannerName,
        protoCapabilities,
    ]

    static let protoSilent = Check(
        "proto.silent", .critical, facts: ["after", "after_what"],
        title: Text("The server greets", sv: "Servern hälsar"),
        good: Text("The server greets.", sv: "Servern hälsar."),
        seen: Text(
            "The server took the connection to port {port}, but said nothing[[ {after_what}]] within {after}.",
            sv: "Servern tog emot anslutningen till port {port}, men sade inget[[ {after_what}]] på {after}."),
        why: Text(
            "It is overloaded or stuck, or something on the way swallows what it says.",
            sv: "Den är överlastad eller har hängt sig, eller så sväljer något på vägen det den säger."),
        how: Text(
            "After some seconds of silence further connections test whether the port waits for TLS or for a web "
                + "browser; it waits for neither.",
            sv: "Efter några sekunders tystnad provar andra anslutningar om porten väntar på TLS eller på en "
                + "webbläsare; den väntar på ingetdera."),
        remedy: Remedy(
            user: Text(
                "Try again in some minutes, and then from another network.",
                sv: "Försök igen om några minuter, och sedan från ett annat nätverk."),
            helpdesk: Text(
                "Try from the campus network: if the server is silent there too, tell the mail administrators.",
                sv: "Prova från campusnätet: om servern är tyst även där, säg till e-postadministratörerna."),
            admin: Text(
                "See with \"mail-serve --status\" and \"journalctl -u posthus\" whether its workers are stuck or "
                    + "overloaded.",
                sv: "Se med ”mail-serve --status” och ”journalctl -u posthus” om serverns processer har hängt sig "
                    + "eller är överlastade.")))

    static let protoGreetingSlow = Check(
        "proto.greeting-slow", .warning, facts: ["after"],
        title: Text("The server greets quickly", sv: "Servern hälsar snabbt"),
        good: Text("The server greets quickly.", sv: "Servern hälsar snabbt."),
        seen: Text("The server needs {after} until it greets.", sv: "Servern behöver {after} innan den hälsar."),
        why: Text(
            "Mail programs with less patience give up before, and say that the server does not answer.",
            sv: "E-postprogram med mindre tålamod ger upp dessförinnan, och säger att servern inte svarar."),
        how: Text(
            "The time from the connection to the server's first line is measured.",
            sv: "Tiden från anslutningen till serverns första rad mäts."),
        remedy: Remedy(
            user: Text(
                "Give your mail program a waiting time of 60 s or more, if it has a setting for that.",
                sv: "Ge e-postprogrammet en väntetid på minst 60 s, om det har en inställning för det."),
            helpdesk: Text(
                "Let the user wait a minute to see whether mail comes, and tell the mail administrators the time: "
                    + "{after}.",
                sv: "Låt användaren vänta en minut och se om posten kommer, och säg tiden till "
                    + "e-postadministratörerna: {after}."),
            admin: Text(
                "Look for what comes before the greeting: slow reverse DNS, block lists, a delay on purpose.",
                sv: "Leta efter det som kommer före hälsningen: långsamma omvända DNS-uppslag, spärrlistor, en "
                    + "avsiktlig fördröjning.")))

    static let protoWrong = Check(
        "proto.wrong", .critical, facts: ["found", "wanted", "right"],
        title: Text("The port speaks the expected protocol", sv: "Porten talar rätt protokoll"),
        good: Text("Port {port} speaks the expected protocol.", sv: "Port {port} talar rätt protokoll."),
        seen: Text("Port {port} speaks {found}, not {wanted}.", sv: "Port {port} talar {found}, inte {wanted}."),
        why: Text(
            "The port belongs to another service, and a mail program that uses it gets no further.",
            sv: "Porten hör till en annan tjänst, och ett e-postprogram som använder den kommer inte vidare."),
        how: Text(
            "The server's first line is compared with those of IMAP, POP3, SMTP and some others.",
            sv: "Serverns första rad jämförs med dem i IMAP, POP3, SMTP och några andra."),
        remedy: Remedy(
            user: Text(
                "Enter the port for {wanted}[[, {right},]] in your settings.",
                sv: "Skriv in porten för {wanted}[[, {right},]] i dina inställningar."),
            helpdesk: Text(
                "Compare the type of the account and the port with the documented settings[[ ({wanted}: {right})]].",
                sv: "Jämför kontotyp och port med de dokumenterade inställningarna[[ ({wanted}: {right})]]."),
            admin: Text(
                "Check \"mail-serve --print-listeners\", and whatever forwards ports, for what is behind port {port}.",
                sv: "Kontrollera i ”mail-serve --print-listeners”, och i det som vidarebefordrar portar, vad som "
                    + "finns bakom port {port}.")))

    static let protoHttp = Check(
        "proto.http", .critical, facts: ["status", "location"],
        title: Text("A mail server answers, and no web server", sv: "En e-postserver svarar, ingen webbserver"),
        good: Text("A mail server answers.", sv: "En e-postserver svarar."),
        seen: Text(
            "A web server answers on port {port} ({status})[[ and points to {location}]].",
            sv: "En webbserver svarar på port {port} ({status})[[ och hänvisar till {location}]]."),
        why: Text(
            "Often it is the login page of a Wi-Fi network, which lets no mail through before you have logged in.",
            sv: "Ofta är det inloggningssidan för ett wifi-nätverk, som inte släpper igenom någon e-post förrän du "
                + "har loggat in."),
        how: Text(
            "A server that says nothing is asked for a web page, on a connection of its own.",
            sv: "En server som inte säger något tillfrågas om en webbsida, på en egen anslutning."),
        remedy: Remedy(
            user: Text(
                "Open a web page in your browser, log in to the network there, and try again.",
                sv: "Öppna en webbsida i webbläsaren, logga in i nätverket där och försök igen."),
            helpdesk: Text(
                "Ask whether the Wi-Fi network has a login page; if not, compare server name and port with the "
                    + "documented ones.",
                sv: "Fråga om wifi-nätverket har en inloggningssida; om inte, jämför servernamn och port med de "
                    + "dokumenterade."),
            admin: Text(
                "Check that nothing forwards port {port} of {address} to a web server.",
                sv: "Kontrollera att inget skickar port {port} på {address} vidare till en webbserver.")))

    static let protoUnknown = Check(
        "proto.unknown", .critical, facts: ["text"],
        title: Text("The server speaks a known protocol", sv: "Servern talar ett känt protokoll"),
        good: Text("The server speaks a known protocol.", sv: "Servern talar ett känt protokoll."),
        seen: Text(
            "What answers on port {port} is no mail server: \"{text}\".",
            sv: "Det som svarar på port {port} är ingen e-postserver: ”{text}”."),
        why: Text(
            "Server name or port is wrong, or something stands between you and the server.",
            sv: "Servernamnet eller porten är fel, eller så står något mellan dig och servern."),
        how: Text(
            "The first line is compared with those of all protocols that mail-probe knows.",
            sv: "Den första raden jämförs med dem i alla protokoll som mail-probe känner till."),
        remedy: Remedy(
            user: Text(
                "Compare server name and port in your settings with the documented ones.",
                sv: "Jämför servernamn och port i dina inställningar med de dokumenterade."),
            helpdesk: Text(
                "Check server name and port with the user, and hand the answer over if both are right: \"{text}\".",
                sv: "Kontrollera servernamn och port med användaren, och lämna svaret vidare om båda är rätt: "
                    + "”{text}”."),
            admin: Text(
                "Find out which program listens on port {port} (ss -ltnp).",
                sv: "Ta reda på vilket program som lyssnar på port {port} (ss -ltnp).")))

    static let protoBusy = Check(
        "proto.busy", .critical, facts: ["text", "minutes"],
        title: Text("The server takes new connections", sv: "Servern tar emot nya anslutningar"),
        good: Text("The server takes new connections.", sv: "Servern tar emot nya anslutningar."),
        seen: Text("The server turns the connection away: \"{text}\".", sv: "Servern avvisar anslutningen: ”{text}”."),
        why: Text(
            "It is overloaded, has too many connections, or keeps this address out for a while.",
            sv: "Den är överlastad, har för många anslutningar, eller stänger ute den här adressen en tid."),
        how: Text(
            "The server's first words say that it does not serve now.",
            sv: "Serverns första ord säger att den inte arbetar just nu."),
        remedy: Remedy(
            user: Text(
                "Wait a while[[ ({minutes} min)]], and then try again.",
                sv: "Vänta en stund[[ ({minutes} min)]] och försök sedan igen."),
            helpdesk: Text(
                "Ask whether others have it too: if not, the user's own devices may use up the connections.",
                sv: "Fråga om andra också drabbas: om inte kan det vara användarens egna enheter som tar alla "
                    + "anslutningar."),
            admin: Text(
                "Compare \"mail-serve --print-limits\" with \"mailctl session list\", and raise the limit or end "
                    + "what uses it up.",
                sv: "Jämför ”mail-serve --print-limits” med ”mailctl session list”, och höj gränsen eller avsluta "
                    + "det som förbrukar den.")))

    static let protoBannerName = Check(
        "proto.banner-name", .info, facts: ["name"],
        title: Text("The server greets with its own name", sv: "Servern hälsar med sitt eget namn"),
        good: Text("The server greets with its own name.", sv: "Servern hälsar med sitt eget namn."),
        seen: Text("The server calls itself {name}, not {host}.", sv: "Servern kallar sig {name}, inte {host}."),
        why: Text(
            "Mail programs do not mind; other mail servers may distrust a server with a strange name.",
            sv: "E-postprogram bryr sig inte; andra e-postservrar kan misstro en server med ett främmande namn."),
        how: Text(
            "The name in the greeting is compared with the host's name and with the names of its certificate.",
            sv: "Namnet i hälsningen jämförs med värdens namn och med namnen i dess certifikat."),
        remedy: Remedy(
            user: Text(
                "Change nothing: this does not disturb your mail.",
                sv: "Ändra inget: detta stör inte din e-post."),
            helpdesk: Text(
                "Look for the cause elsewhere: this does not disturb mail programs.",
                sv: "Sök orsaken någon annanstans: detta stör inte e-postprogram."),
            admin: Text(
                "Set server.name in mail.conf to a name that leads to {address} and back.",
                sv: "Sätt server.name i mail.conf till ett namn som leder till {address} och tillbaka.")))

    static let protoCapabilities = Check(
        "proto.capabilities", .info, facts: ["capabilities", "greeting"],
        title: Text("What the server offers", sv: "Vad servern erbjuder"),
        good: Text("The server offers: {capabilities}.", sv: "Servern erbjuder: {capabilities}."),
        seen: Text("The server offers: {capabilities}.", sv: "Servern erbjuder: {capabilities}."),
        why: Text(
            "Mail programs use what stands in this list, and nothing else.",
            sv: "E-postprogram använder det som står i den här listan, och inget annat."),
        how: Text(
            "The server is asked for its list, behind encryption where there is encryption.",
            sv: "Servern tillfrågas om sin lista, bakom kryptering där kryptering finns."),
        remedy: Remedy(
            user: Text("Change nothing: this is only for information.", sv: "Ändra inget: detta är bara information."),
            helpdesk: Text(
                "Copy this list into the case when you hand it over.",
                sv: "Kopiera listan till ärendet när du lämnar det vidare."),
            admin: Text(
                "Compare the list with what you meant to offer.",
                sv: "Jämför listan med vad ni avsåg att erbjuda.")))
}
