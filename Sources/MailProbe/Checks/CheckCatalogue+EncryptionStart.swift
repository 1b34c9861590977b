extension CheckCatalogue {
    static let tlsStarttlsMissing = Check(
        "tls.starttls.missing", .critical, facts: ["capabilities"],
        title: Text("The server offers encryption (STARTTLS)", sv: "Servern erbjuder kryptering (STARTTLS)"),
        good: Text("The server offers STARTTLS.", sv: "Servern erbjuder STARTTLS."),
        seen: Text(
            "The server offers no encryption on port {port}[[, only: {capabilities}]].",
            sv: "Servern erbjuder ingen kryptering på port {port}[[, bara: {capabilities}]]."),
        why: Text(
            "Without encryption your password would be readable on the way; somebody on the way may be hiding the "
                + "offer on purpose.",
            sv: "Utan kryptering skulle ditt lösenord gå att läsa på vägen; någon på vägen kan dölja erbjudandet "
                + "med avsikt."),
        how: Text(
            "The list of what the server offers without encryption is searched for STARTTLS (in POP3: STLS).",
            sv: "I listan över vad servern erbjuder utan kryptering söks STARTTLS (i POP3: STLS)."),
        remedy: Remedy(
            user: Text(
                "Do not log in over this port: choose {ssl} with port 993 (IMAP), 995 (POP3) or 465 (outgoing).",
                sv: "Logga inte in via den här porten: välj {ssl} med port 993 (IMAP), 995 (POP3) eller 465 "
                    + "(utgående)."),
            helpdesk: Text(
                "Try from another network: if the offer appears there, the user's network removes it.",
                sv: "Prova från ett annat nätverk: om erbjudandet finns där är det användarens nätverk som tar "
                    + "bort det."),
            admin: Text(
                "Compare from inside and outside: either port {port} has no TLS, or a box on the way strips it.",
                sv: "Jämför inifrån och utifrån: antingen saknar port {port} TLS, eller så tar något på vägen bort "
                    + "det.")))

    static let tlsStarttlsRefused = Check(
        "tls.starttls.refused", .critical, facts: ["text"],
        title: Text("The server keeps its offer of encryption", sv: "Servern håller sitt erbjudande om kryptering"),
        good: Text("The server begins encryption when asked.", sv: "Servern börjar kryptera på begäran."),
        seen: Text(
            "The server offers encryption on port {port}, but then refuses it: \"{text}\".",
            sv: "Servern erbjuder kryptering på port {port}, men vägrar sedan: ”{text}”."),
        why: Text(
            "Nobody can log in; most often the server cannot read its certificate or its key.",
            sv: "Ingen kan logga in; oftast kan servern inte läsa sitt certifikat eller sin nyckel."),
        how: Text(
            "STARTTLS is asked for, and the answer is a refusal.",
            sv: "STARTTLS begärs, och svaret är ett avslag."),
        remedy: Remedy(
            user: Text(
                "Use a port with {ssl} until this is repaired, never {no_encryption}.",
                sv: "Använd en port med {ssl} tills detta är lagat, aldrig {no_encryption}."),
            helpdesk: Text(
                "Tell the mail administrators now, with the server's words: \"{text}\".",
                sv: "Säg till e-postadministratörerna nu, med serverns ord: ”{text}”."),
            admin: Text(
                "Check certificate and key with \"mail-serve --check-config\", and read \"journalctl -u posthus\".",
                sv: "Kontrollera certifikat och nyckel med ”mail-serve --check-config”, och läs ”journalctl -u "
                    + "posthus”.")))

    static let tlsStarttlsInjection = Check(
        "tls.starttls.injection", .critical, facts: ["answer"],
        title: Text(
            "Nothing from before the encryption counts inside it",
            sv: "Inget från tiden före krypteringen gäller i den"),
        good: Text(
            "Nothing from before the encryption counts inside it.",
            sv: "Inget från tiden före krypteringen gäller i den."),
        seen: Text(
            "A command that came before the encryption was answered inside it: \"{answer}\".",
            sv: "Ett kommando som kom före krypteringen besvarades i den: ”{answer}”."),
        why: Text(
            "An attacker on the way can slip commands into the encrypted sessions of others, and so get at "
                + "passwords and mail.",
            sv: "En angripare på vägen kan smuggla in kommandon i andras krypterade sessioner, och så komma åt "
                + "lösenord och brev."),
        how: Text(
            "A harmless command is sent in one packet with STARTTLS; a sound server forgets it (CVE-2011-0411).",
            sv: "Ett ofarligt kommando skickas i samma paket som STARTTLS; en sund server glömmer det "
                + "(CVE-2011-0411)."),
        remedy: Remedy(
            user: Text(
                "Use the ports with {ssl} (993, 995, 465) until the server is repaired.",
                sv: "Använd portarna med {ssl} (993, 995, 465) tills servern är lagad."),
            helpdesk: Text(
                "Tell the mail administrators at once, and recommend the ports 993, 995 and 465 until then.",
                sv: "Säg till e-postadministratörerna genast, och rekommendera portarna 993, 995 och 465 så länge."),
            admin: Text(
                "Update the server program: at STARTTLS it must throw away what it has not read yet.",
                sv: "Uppdatera serverprogrammet: vid STARTTLS måste det kasta det som det ännu inte har läst.")))
}
