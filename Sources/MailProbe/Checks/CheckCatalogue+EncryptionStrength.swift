extension CheckCatalogue {
    static let tlsVersionOld = Check(
        "tls.version.old", .critical, facts: ["version"],
        title: Text("The server's encryption is new enough", sv: "Serverns kryptering är ny nog"),
        good: Text("The server's encryption is new enough.", sv: "Serverns kryptering är ny nog."),
        seen: Text(
            "The best that the server speaks is {version}, which is too old.",
            sv: "Det bästa servern talar är {version}, som är för gammalt."),
        why: Text(
            "Old encryption can be broken, and today's mail programs refuse it (RFC 8996).",
            sv: "Gammal kryptering går att bryta, och dagens e-postprogram vägrar den (RFC 8996)."),
        how: Text(
            "When no handshake with a wanted version succeeds, one with older versions is tried, only to name the "
                + "fault.",
            sv: "När ingen handskakning med en önskad version lyckas prövas en med äldre versioner, bara för att "
                + "kunna namnge felet."),
        remedy: Remedy(
            user: Text(
                "Leave your settings as they are, and tell the helpdesk that the server only speaks {version}.",
                sv: "Låt inställningarna vara som de är, och säg till supporten att servern bara talar {version}."),
            helpdesk: Text(
                "Tell the mail administrators that the server speaks only {version}; there is nothing to change on "
                    + "the user's device.",
                sv: "Säg till e-postadministratörerna att servern bara talar {version}; inget behöver ändras på "
                    + "användarens enhet."),
            admin: Text(
                "Switch on TLS 1.2 and TLS 1.3 on port {port}.",
                sv: "Slå på TLS 1.2 och TLS 1.3 på port {port}.")))

    static let tlsVersionDeprecatedOffered = Check(
        "tls.version.deprecated-offered", .warning, facts: ["versions"],
        title: Text("The server refuses outdated encryption", sv: "Servern vägrar föråldrad kryptering"),
        good: Text("The server refuses outdated versions of TLS.", sv: "Servern vägrar föråldrade versioner av TLS."),
        seen: Text("The server still takes {versions}.", sv: "Servern tar fortfarande emot {versions}."),
        why: Text(
            "No program of today needs these versions, and their weaknesses help attackers (RFC 8996).",
            sv: "Inget av dagens program behöver dessa versioner, och deras svagheter hjälper angripare (RFC 8996)."),
        how: Text(
            "A handshake with nothing newer than TLS 1.1 is tried, and broken off as soon as the server agrees.",
            sv: "En handskakning med inget nyare än TLS 1.1 prövas, och avbryts så snart servern går med på den."),
        remedy: Remedy(
            user: Text(
                "Change nothing: your mail program uses a newer version by itself.",
                sv: "Ändra inget: e-postprogrammet använder en nyare version av sig självt."),
            helpdesk: Text(
                "Let users of very old devices update them before the old versions are switched off.",
                sv: "Låt användare med mycket gamla enheter uppdatera dem innan de gamla versionerna stängs av."),
            admin: Text(
                "Raise the minimum to TLS 1.2, unless you know of devices that need {versions}.",
                sv: "Höj lägsta version till TLS 1.2, om ni inte vet om enheter som behöver {versions}.")))

    static let tlsCipherWeak = Check(
        "tls.cipher.weak", .warning, facts: ["ciphers"],
        title: Text("The server refuses weak encryption", sv: "Servern vägrar svag kryptering"),
        good: Text("The server refuses weak ciphers.", sv: "Servern vägrar svaga chiffer."),
        seen: Text("The server takes weak ciphers: {ciphers}.", sv: "Servern tar emot svaga chiffer: {ciphers}."),
        why: Text(
            "Whoever can disturb the connection may talk both sides into one of them and read along.",
            sv: "Den som kan störa anslutningen kan lura båda sidor att använda ett av dem och läsa med."),
        how: Text(
            "Handshakes that offer nothing but weak ciphers are tried, and broken off as soon as the server agrees.",
            sv: "Handskakningar som bara erbjuder svaga chiffer prövas, och avbryts så snart servern går med på dem."),
        remedy: Remedy(
            user: Text(
                "Change nothing: your mail program chooses better encryption by itself.",
                sv: "Ändra inget: e-postprogrammet väljer bättre kryptering av sig självt."),
            helpdesk: Text(
                "Hand this over to the mail administrators; it keeps nobody from working.",
                sv: "Lämna detta vidare till e-postadministratörerna; det hindrar ingen från att arbeta."),
            admin: Text(
                "Remove {ciphers} from what the server takes.",
                sv: "Ta bort {ciphers} ur det servern tar emot.")))
}
