"""Logins, mailboxes, sending, and what somebody typed into a mail program."""
from rows import DOCUMENTED, LOGIN, NEVER, ONCE, critical, info, ok, warning

IMAPS, POP3S, SUBMISSION, SMTP = "imaps://{host}", "pop3s://{host}", "submission://{host}", "smtp://{host}"
TYPED = {**DOCUMENTED, "username": "anna@{domain}", "email": "anna@{domain}"}


def logged_in(judge, name, fault, target, **more):
    return judge(name, fault, f"{LOGIN} {target}", login=ONCE, **more)


def refused(name, fault):
    """The same words in three protocols."""
    return [logged_in(critical, name + variant, fault, target)
            for variant, target in (("", IMAPS), ("/pop3", POP3S), ("/submission", SUBMISSION))]


def typed(**changes):
    return {**TYPED, **changes}


ROWS = [
    # Logins.
    critical("auth.before-tls", "auth-before-tls", "imap+tls://{host}"),
    critical("auth.before-tls/pop3", "auth-before-tls", "pop3+tls://{host}"),
    critical("auth.before-tls/submission", "auth-before-tls", SUBMISSION),
    logged_in(critical, "auth.before-tls/with-login", "auth-before-tls", SUBMISSION),
    critical("auth.not-offered", "auth-missing", SUBMISSION),
    critical("auth.not-offered/submissions", "auth-missing", "submissions://{host}"),
    critical("auth.method", "auth-strange", IMAPS, login=NEVER),
    critical("auth.method/submission", "auth-strange", SUBMISSION, login=NEVER),
    critical("auth.method/typed", "healthy", "--settings {settings}", settings=typed(auth="encrypted"), also=("set.auth",)),
    logged_in(ok, "auth/only-login", "auth-only-login", SUBMISSION),
    *refused("auth.failed", "password-wrong"),
    logged_in(critical, "auth.failed/all", "password-wrong", "{host}"),
    *(logged_in(critical, f"auth.failed/repeated-{name}", "password-repeated", target)
      for name, target in (("imap", IMAPS), ("pop3", POP3S), ("submission", SUBMISSION), ("talkative", "-v " + POP3S))),
    warning("auth.username-form", "published", "--settings {settings}", settings=typed(username="anna"), documented="autoconfig"),
    *refused("auth.locked", "account-locked"),
    *refused("auth.no-password-yet", "account-without-password"),
    *refused("auth.disabled", "account-suspended"),
    *refused("auth.protocol-off", "protocol-off"),
    logged_in(critical, "auth.failed/short-name", "short-name", IMAPS),
    logged_in(warning, "proto.busy/logins", "logins-down", IMAPS),
    # Mailboxes.
    logged_in(warning, "imap.prefix.needed", "prefix-needed", IMAPS),
    logged_in(ok, "imap.prefix/right", "prefix-needed", "--prefix INBOX. imaps://{host}"),
    logged_in(warning, "imap.prefix.wrong", "healthy", "--prefix mail/ imaps://{host}"),
    logged_in(warning, "imap.prefix.wrong/other", "prefix-needed", "--prefix mail/ imaps://{host}"),
    logged_in(info, "imap.special-use", "special-use-missing", IMAPS),
    logged_in(critical, "imap.quota.full", "quota-full", IMAPS),
    logged_in(critical, "imap.quota.full/over", "quota-over", IMAPS),
    logged_in(ok, "imap.quota/unknown", "quota-missing", IMAPS),
    logged_in(warning, "imap.connections", "account-crowded", IMAPS),
    logged_in(warning, "imap.connections/dovecot", "account-crowded-dovecot", IMAPS),
    logged_in(info, "pop.leave-on-server", "healthy", POP3S),
    logged_in(info, "pop.leave-on-server/no-list", "list-missing", POP3S, named={"proto.capabilities": "skipped"}),
    critical("tls.starttls.missing/no-list", "list-missing", "pop3+tls://{host}", login=NEVER, named={"auth.before-tls": "skipped"}),
    # Sending.
    ok("smtp/without-login", "no-login-on-25", SMTP),
    ok("smtp/greeting-of-lines", "greeting-of-lines", SMTP),
    logged_in(ok, "smtp/greeting-of-lines/submission", "greeting-of-lines", SUBMISSION),
    ok("smtp/recipient-unknown", "recipient-unknown", "--recipient nobody@{domain} smtp://{host}",
       named={"smtp.greylist": "skipped"}),
    ok("smtp/recipient-full", "recipient-full", "--recipient bo@{domain} smtp://{host}", named={"smtp.greylist": "skipped"}),
    ok("smtp/recipient-blocked", "recipient-blocked", "--recipient bo@{domain} smtp://{host}", named={"smtp.greylist": "skipped"}),
    warning("smtp.port25-as-submission", "healthy", "submission://{host}:25"),
    warning("smtp.port25-as-submission/typed", "healthy", "--settings {settings}", settings=typed(smtp_port="25")),
    critical("smtp.relay-denied", "healthy", "--settings {settings}", settings=typed(smtp_auth="none"), also=("set.auth",)),
    critical("smtp.open-relay", "open-relay", "--relay-test smtp://{host}"),
    ok("smtp.open-relay/closed", "healthy", "--relay-test smtp://{host}", named={"smtp.open-relay": "ok"}),
    ok("smtp.open-relay/put-off", "greylisting", "--relay-test smtp://{host}", named={"smtp.open-relay": "skipped"}),
    info("smtp.greylist", "greylisting", "--recipient bo@{domain} smtp://{host}"),
    info("smtp.greylist/451", "greylisting-451", "--recipient bo@{domain} smtp://{host}"),
    logged_in(critical, "smtp.sender-refused", "sender-refused", "--from boss@{domain} submission://{host}"),
    logged_in(ok, "smtp.sender/own", "healthy", "--from anna@{domain} submission://{host}"),
    info("smtp.size", "size-small", SUBMISSION),
    ok("smtp.size/unknown", "size-unknown", SUBMISSION),
    # What was typed.
    critical("set.port-security", "healthy", "--settings {settings}", settings=typed(port="143"),
             also=("tls.mode.plain-on-ssl-port",)),
    critical("set.port-security/starttls", "healthy", "--settings {settings}", settings=typed(security="starttls"),
             also=("tls.mode.ssl-on-starttls-port",)),
    critical("set.port-security/without-network", "no-network", "--settings {settings}",
             settings=typed(port="143", host="mail.uni.example")),
    critical("set.insecure", "healthy", "--settings {settings}", settings=typed(security="none", port="143")),
    warning("set.host", "second-name", "--settings {settings}", settings=typed(host="old.{domain}"), documented=DOCUMENTED),
    warning("set.auth", "auth-encrypted-too", "--settings {settings}", settings=typed(auth="encrypted"), documented=DOCUMENTED),
    info("set.same-password", "healthy", "--settings {settings}", settings=typed(same_password="yes")),
    ok("settings/right", "healthy", "--settings {settings}", settings=TYPED, documented=DOCUMENTED),
]
