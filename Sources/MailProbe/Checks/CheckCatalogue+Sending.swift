extension CheckCatalogue {
    static let sending: [Check] = [
        smtpPort25AsSubmission, smtpRelayDenied, smtpOpenRelay, smtpGreylist, smtpSenderRefused, smtpSize,
    ]

    static let smtpPort25AsSubmission = Check(
        "smtp.port25-as-submission", .warning, facts: ["right"],
        title: Text(
            "Mail is sent through a port for mail programs",
            sv: "E-post skickas via en port för e-postprogram"),
        good: Text("Port {port} is meant for mail programs.", sv: "Port {port} är avsedd för e-postprogram."),
        seen: Text(
            "Port 25 is used for sending, though it is meant for servers.",
            sv: "Port 25 används för att skicka, fast den är till för servrar."),
        why: Text(
            "It works here, but most other networks block it.",
            sv: "Det fungerar här, men de flesta andra nätverk spärrar den."),
        how: Text("The outgoing server is asked for on port 25.", sv: "Utgående server nås på port 25."),
        remedy: Remedy(
            user: Text(
                "In {outgoing_settings}, replace port 25 by the documented one[[, {right}]].",
                sv: "Byt port 25 mot den dokumenterade porten[[, {right},]] i {outgoing_settings}."),
            helpdesk: Text(
                "Change the port of the outgoing server together with the user[[ to {right}]].",
                sv: "Ändra porten för utgående server tillsammans med användaren[[ till {right}]]."),
            admin: Text(
                "Document port 587 or 465 for sending, and no longer port 25.",
                sv: "Dokumentera port 587 eller 465 för att skicka, och inte längre port 25.")))

    static let smtpRelayDenied = Check(
        "smtp.relay-denied", .critical, facts: ["text"],
        title: Text("The server takes mail for others from you", sv: "Servern tar emot dina brev till andra"),
        good: Text(
            "The server takes mail for others after login.",
            sv: "Servern tar emot brev till andra efter inloggning."),
        seen: Text(
            "The server takes no mail to others without login: \"{text}\".",
            sv: "Servern tar inte emot brev till andra utan inloggning: ”{text}”."),
        why: Text(
            "The mail program does not log in to the outgoing server, so that it looks like a stranger.",
            sv: "E-postprogrammet loggar inte in på utgående server, och ser därför ut som en främling."),
        how: Text(
            "A recipient is named without login, and the connection ends before any message.",
            sv: "En mottagare anges utan inloggning, och anslutningen avslutas före varje meddelande."),
        remedy: Remedy(
            user: Text(
                "In {outgoing_settings}, {outgoing_login}.",
                sv: "Gå till {outgoing_settings} och {outgoing_login}."),
            helpdesk: Text(
                "Open {outgoing_settings} with the user and {outgoing_login}.",
                sv: "Öppna {outgoing_settings} tillsammans med användaren och {outgoing_login}."),
            admin: Text(
                "Leave the server as it is, and document that sending needs a login.",
                sv: "Låt servern vara som den är, och dokumentera att man måste logga in för att skicka.")))

    static let smtpOpenRelay = Check(
        "smtp.open-relay", .critical, facts: ["recipient"],
        title: Text("The server passes nothing on for strangers", sv: "Servern skickar inget vidare åt främlingar"),
        good: Text("The server passes nothing on for strangers.", sv: "Servern skickar inget vidare åt främlingar."),
        seen: Text(
            "Without login the server took {recipient}, a recipient elsewhere.",
            sv: "Utan inloggning tog servern emot {recipient}, en mottagare någon annanstans."),
        why: Text(
            "Spammers find such a server within hours, and then others refuse all mail from it.",
            sv: "De som skickar skräppost hittar en sådan server inom timmar, och sedan vägrar andra all e-post "
                + "från den."),
        how: Text(
            "Only with --relay-test: a strange sender and recipient are named, and the connection ends before any "
                + "message.",
            sv: "Bara med --relay-test: en främmande avsändare och mottagare anges, och anslutningen avslutas före "
                + "varje meddelande."),
        remedy: Remedy(
            user: Text(
                "Tell the helpdesk that this server passes on mail for strangers.",
                sv: "Säg till supporten att den här servern skickar e-post vidare åt främlingar."),
            helpdesk: Text(
                "Tell the mail administrators at once, at any hour.",
                sv: "Säg till e-postadministratörerna genast, vilken tid det än är."),
            admin: Text(
                "Close it now: without login take only recipients of your own domains.",
                sv: "Stäng det nu: ta utan inloggning bara emot mottagare i era egna domäner.")))

    static let smtpGreylist = Check(
        "smtp.greylist", .info, facts: ["text", "minutes"],
        title: Text("The server takes mail at the first try", sv: "Servern tar emot brev vid första försöket"),
        good: Text("The server takes mail at the first try.", sv: "Servern tar emot brev vid första försöket."),
        seen: Text(
            "The server puts mail from strangers off for a while: \"{text}\".",
            sv: "Servern skjuter upp brev från främlingar en stund: ”{text}”."),
        why: Text(
            "That is no failure: it holds off spammers, who do not try again.",
            sv: "Det är inget fel: det håller skräppost borta, vars avsändare inte försöker igen."),
        how: Text(
            "Only with --recipient: it is named without login, and the answer is one of those that mean \"later\".",
            sv: "Bara med --recipient: mottagaren anges utan inloggning, och svaret är ett av dem som betyder "
                + "”senare”."),
        remedy: Remedy(
            user: Text(
                "Wait: the mail is sent again by itself[[, after about {minutes} min]].",
                sv: "Vänta: brevet skickas om av sig självt[[, efter ungefär {minutes} min]]."),
            helpdesk: Text(
                "Explain that the first mail from a new sender may come later than usual.",
                sv: "Förklara att det första brevet från en ny avsändare kan komma senare än vanligt."),
            admin: Text(
                "Exempt servers that you know from greylisting.",
                sv: "Undanta servrar som ni känner från grålistningen.")))

    static let smtpSenderRefused = Check(
        "smtp.sender-refused", .critical, facts: ["sender", "text"],
        title: Text("The server takes the sender's address", sv: "Servern godtar avsändarens adress"),
        good: Text("The server takes the sender's address.", sv: "Servern godtar avsändarens adress."),
        seen: Text(
            "The server refuses {sender} as sender: \"{text}\".",
            sv: "Servern godtar inte {sender} som avsändare: ”{text}”."),
        why: Text(
            "Who has logged in may send only with addresses that are his own.",
            sv: "Den som har loggat in får bara skicka med egna adresser."),
        how: Text(
            "Only with --from: after the login it is named as sender, and the connection ends before any message.",
            sv: "Bara med --from: efter inloggningen anges den som avsändare, och anslutningen avslutas före varje "
                + "meddelande."),
        remedy: Remedy(
            user: Text(
                "Enter one of your own addresses as sender in the settings of your account.",
                sv: "Skriv en av dina egna adresser som avsändare i kontots inställningar."),
            helpdesk: Text(
                "Compare the sender in the user's settings with the addresses that the account has.",
                sv: "Jämför avsändaren i användarens inställningar med adresserna som kontot har."),
            admin: Text(
                "Let the account send as {sender} with \"mailctl alias add\" or \"mailctl share add --send-as\", "
                    + "if it shall.",
                sv: "Låt kontot skicka som {sender} med ”mailctl alias add” eller ”mailctl share add --send-as”, "
                    + "om det ska få det.")))

    static let smtpSize = Check(
        "smtp.size", .info, facts: ["size"],
        title: Text("How large a mail may be", sv: "Hur stort ett brev får vara"),
        good: Text(
            "No limit of size stands in the way of usual mail.",
            sv: "Ingen storleksgräns står i vägen för vanliga brev."),
        seen: Text(
            "The largest mail that the server takes is {size}.",
            sv: "Det största brev som servern tar emot är {size}."),
        why: Text(
            "Attachments grow by a third when they are sent, so that files must be smaller than that.",
            sv: "Bilagor växer med en tredjedel när de skickas, så filer måste vara mindre än så."),
        how: Text(
            "The server states its limit in the answer to EHLO (RFC 1870).",
            sv: "Servern anger sin gräns i svaret på EHLO (RFC 1870)."),
        remedy: Remedy(
            user: Text(
                "Send a link instead of an attachment when a file is large.",
                sv: "Skicka en länk i stället för en bilaga när en fil är stor."),
            helpdesk: Text(
                "Tell the user that files up to about three quarters of {size} can be sent.",
                sv: "Säg till användaren att filer upp till ungefär tre fjärdedelar av {size} går att skicka."),
            admin: Text(
                "Change limits.message_size in mail.conf, if {size} is not what you want.",
                sv: "Ändra limits.message_size i mail.conf, om {size} inte är vad ni vill ha.")))
}
