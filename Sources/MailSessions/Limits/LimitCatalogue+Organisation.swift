import MailAdmin
import MailIdentity
import MailOpenID
import MailStore
import MailWeb

extension LimitCatalogue {
    /// Of logins that the organisation judges.
    static var organisation: [LimitRow] {
        [
            .count(
                "organisation.at_once", OrganisationLogin.threads,
                "questions of the pages to the identity worker; the others wait"),
            .count(
                "organisation.waiting_per_address", OrganisationLogin.waitingPerSource,
                "that wait; the addresses take turns, and beyond it the answer is \"not now\""),
            .count("organisation.waiting", OrganisationLogin.waitingInAll, "the same of all addresses together"),
            .count("organisation.slots", IdentityDesk.slots, "programs and talks with the provider at a time"),
            .bytes("organisation.frame", StoreLimits.serviceFrame, "of a question or an answer between the workers"),
            .seconds("organisation.frame_time", StoreLimits.serviceSeconds, "for a question to be there"),
            .seconds(
                "organisation.sign_in", StoreLimits.signInSeconds, "from the login page to the provider and back"),
            .count(
                "organisation.sign_ins_per_address", StoreLimits.signInsOfSource,
                "on their way; the browser's own oldest gives way first"),
            .count("organisation.sign_ins", StoreLimits.signIns, "the same of all addresses together"),
            .bytes(
                "organisation.parameter", WebLimits.longestParameter, rfc: "RFC 6749 §4.1.2",
                "of a code, a state or an issuer that a browser brings back"),
        ] + provider
    }

    private static var provider: [LimitRow] {
        [
            .seconds("organisation.provider", OpenIDLimits.seconds, "for all that one sign-in asks of it"),
            .seconds(
                "organisation.provider_refresh", OpenIDLimits.refreshSeconds,
                "of it, for what is known already and has only grown old"),
            .bytes(
                "organisation.provider_document", OpenIDLimits.document, "what it says of itself, its keys, a person"),
            .bytes("organisation.token", OpenIDLimits.token, rfc: "RFC 7519", "of either kind"),
            .count("organisation.keys", OpenIDLimits.keys, rfc: "RFC 7517 §5", "of a provider that are looked at"),
            .bytes("organisation.claim", OpenIDLimits.claim, "of the name that the provider tells"),
            .bytes("organisation.address", WebAddress.longest, "of the provider's places"),
            .seconds(
                "organisation.remembered", Int(OpenIDLimits.rememberedSeconds), "what it says of itself, and its keys"),
            .seconds(
                "organisation.key_pause", Int(OpenIDLimits.keyPause),
                "between two questions for keys that only a token names"),
            .seconds("organisation.failure_pause", Int(OpenIDLimits.failurePause), "after one that came to nothing"),
            .seconds("organisation.skew", Int(OpenIDLimits.skewSeconds), rfc: "RFC 7519 §4.1.4", "between the clocks"),
            .seconds(
                "organisation.oldest_token", Int(OpenIDLimits.oldestTokenSeconds), "since it was made for this sign-in"),
        ]
    }
}
