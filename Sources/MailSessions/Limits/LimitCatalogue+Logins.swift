import MailCrypto
import MailIdentity
import MailStore

extension LimitCatalogue {
    static func logins(_ policy: LoginPolicy) -> [LimitRow] {
        guessing(policy.limits) + people + [
            .count(
                "login.waiting_per_address", policy.waitingPerSource,
                "passwords that wait to be hashed; the addresses take turns, and beyond it the answer is \"not now\""),
            .count("login.waiting", policy.waitingInAll, "the same of all addresses together"),
            .seconds(
                "login.cache", policy.cacheSeconds, key: "identity.cache", "a phone need not cost a hash each minute"),
            .count("login.cache_entries", policy.cacheEntries, "the least recently used goes first"),
            .bytes("login.password", PasswordHash.longestPassword, "crypt(3): longer ones would be cut in silence"),
            .bytes(
                "login.strength", LoginLimits.strengthInput,
                "of a new password that are judged for what people would guess; more only helps"),
            .count("login.strength_names", LoginLimits.strengthNames, "words of the owner's names that are looked for"),
            .bytes("login.hash", PasswordHash.longestHash, "crypt(3)"),
            .bytes("login.scram_message", LoginLimits.scramMessage, rfc: "RFC 5802 §7", "a client's message"),
        ]
    }

    private static var people: [LimitRow] {
        [
            .count(
                "login.app_passwords", Int(DirectoryTransaction.mostAppPasswords), "of one account: each is a way in"),
            .count(
                "login.password_uses", StoreLimits.waitingPasswordUses, "that wait to be written down for the list"),
            .count(
                "login.devices", StoreLimits.recentDevices,
                "of one account that are remembered; the one that has not come for longest gives way"),
            .count("login.device_client", StoreLimits.deviceClient, "letters of what such a one calls itself"),
            .count("login.device_notes", StoreLimits.waitingDevices, "that wait to be written down for the list"),
            .count(
                "login.contact", LoginLimits.contactLetters, rfc: "RFC 5321 §4.5.3.1.5",
                "letters of whom to ask in a refusal"),
            .count("login.client", LoggedIn.longestClient, "letters of a client's name in the list of sessions"),
        ]
    }

    private static func guessing(_ limits: FailureLimits) -> [LimitRow] {
        [
            .count(
                "login.failures_per_address", limits.perAddress, key: "identity.failures_per_address",
                "in one window; 0 = no limit"),
            .count(
                "login.failures_per_account", limits.perAccount, key: "identity.failures_per_account",
                "in one window, from addresses the owner does not use"),
            .count(
                "login.failures_per_account_and_address", limits.perAccountAndAddress,
                key: "identity.failures_per_account_and_address", "in one window"),
            .seconds(
                "login.failure_window", limits.windowSeconds, key: "identity.failure_window", "then all is forgotten"),
            .seconds(
                "login.failure_delay", limits.delayMilliseconds / 1_000, key: "identity.failure_delay",
                "of the answer to a first failure, then doubled"),
            .seconds(
                "login.longest_failure_delay", limits.maximumDelayMilliseconds / 1_000,
                key: "identity.maximum_failure_delay", "it also keeps the session"),
            .count("login.failure_entries", limits.tableEntries, "the tables are bounded"),
            .count(
                "login.known_days", LoginLimits.knownDays, "an address from which the owner came in is known so long"),
            .count(
                "login.guess_sources", LoginLimits.guessSources,
                "places of failed logins that each worker can still look up"),
        ]
    }
}
