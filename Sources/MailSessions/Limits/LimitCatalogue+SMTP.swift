import MailMessage
import MailWire

extension LimitCatalogue {
    static func smtp(_ plan: ServerPlan) -> [LimitRow] {
        let (policy, limits) = (plan.receiving, plan.settings.limits)
        return [
            .count(
                "smtp.recipients", policy.recipientLimit, key: "limits.recipients", rfc: "RFC 5321 §4.5.3.1.8",
                "of one message; at least 100"),
            .count(
                "smtp.hops", policy.hopLimit, rfc: "RFC 5321 §6.3", "Received fields of a message that goes in circles"),
            .count(
                "smtp.bad_commands", policy.errorLimit, key: "limits.bad_commands", "wrong commands in a row, as above"),
            .count("smtp.junk_commands", policy.junkLimit, "NOOP, RSET, VRFY and the like since the last message"),
            .count("smtp.refused_recipients", policy.refusalLimit, "of one session: nobody tries out all names"),
            .seconds("smtp.first_mail", limits.firstMailSeconds, "port 25: from the greeting to the first MAIL"),
            .seconds("smtp.idle", policy.idleSeconds, rfc: "RFC 5321 §4.5.3.2.7", "at least 5 minutes"),
            .seconds(
                "smtp.bare_line_end", policy.faultSeconds, "after a bare CR or LF: how long the true end is awaited"),
            .count(
                "smtp.drain", Int(clamping: policy.drainFactor), "times the largest message: so much too much is read"),
            .bytes(
                "smtp.held_header", SMTPBody.heldHeader, rfc: "RFC 6409 §8", "of a submitted message, to complete it"),
        ] + smtpWords()
    }

    private static func smtpWords() -> [LimitRow] {
        [
            .bytes(
                "smtp.command_line", SMTPLimits.commandLine, rfc: "RFC 5321 §4.5.3.1.4",
                "512 and the extensions' parameters"),
            .bytes("smtp.sasl_line", SMTPLimits.saslLine, rfc: "RFC 4954 §4", "one response of a SASL exchange"),
            .bytes("smtp.client_name", SMTPLimits.clientName, rfc: "RFC 5321 §4.5.3.1.2", "the name of EHLO"),
            .bytes(
                "smtp.path", SMTPLimits.path, rfc: "RFC 5321 §4.5.3.1.3", "source routes are ignored, and may be longer"
            ),
            .count("smtp.parameters", SMTPLimits.parameters, "of one MAIL or RCPT"),
            .bytes("smtp.envelope_id", SMTPLimits.envelopeID, rfc: "RFC 3461 §4.4", "ENVID"),
            .bytes("smtp.original_recipient", SMTPLimits.originalRecipient, rfc: "RFC 3461 §4.2", "ORCPT"),
            .count("smtp.number_digits", SMTPLimits.numberDigits, rfc: "RFC 1870 §3", "digits of SIZE"),
        ]
    }
}
