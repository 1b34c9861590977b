"""Against Debian's Dovecot and Postfix, and against our own server."""
from rows import LOGIN, critical, info, ok, warning

DOVECOT, POSTHUS = "dovecot", "posthus"
ALL = "imaps://{host} imap+tls://{host} pop3s://{host} pop3+tls://{host} submission://{host} submissions://{host}"


def of_dovecot(user, rest):
    return f"--login {user}@{{domain}} --password-file {{password}} {rest}"


def of_posthus(number, rest):
    return f"--login u{number:05d}@{{domain}} --password-file {{secret}} {rest}"


def wrong(number):
    return f"--login u{number:05d}@{{domain}} --password-file {{wrong}} "


ROWS = [
    ok("dovecot/healthy", DOVECOT, "{host}"),
    ok("dovecot/all", DOVECOT, ALL),
    ok("dovecot/login", DOVECOT, LOGIN + " " + ALL, named={"auth.failed": "ok", "imap.quota.full": "ok"}),
    ok("dovecot/relay", DOVECOT, "--relay-test smtp://{host}"),
    info("smtp.size/postfix", DOVECOT, "submission://{host}"),
    critical("auth.failed/dovecot", DOVECOT, "--login anna@{domain} --password-file {wrong} imaps://{host}"),
    critical("auth.failed/dovecot-pop3", DOVECOT, "--login anna@{domain} --password-file {wrong} pop3s://{host}"),
    critical("auth.failed/postfix", DOVECOT, "--login anna@{domain} --password-file {wrong} submission://{host}"),
    warning("imap.prefix.needed/dovecot", DOVECOT, of_dovecot("prefix", "imaps://{host}")),
    ok("imap.prefix/dovecot-right", DOVECOT, of_dovecot("prefix", "--prefix INBOX. imaps://{host}")),
    warning("imap.prefix.wrong/dovecot", DOVECOT, of_dovecot("anna", "--prefix mail/ imaps://{host}")),
    critical("imap.quota.full/dovecot", DOVECOT, of_dovecot("full", "imaps://{host}")),
    critical("tls.mode.ssl-on-starttls-port/dovecot", DOVECOT, "imap+tls://{host}:993"),
    critical("tls.mode.plain-on-ssl-port/dovecot", DOVECOT, "imaps://{host}:143"),
    critical("tls.mode.plain-on-ssl-port/postfix", DOVECOT, "submissions://{host}:587"),
    critical("proto.wrong/dovecot", DOVECOT, "imaps://{host}:995"),
    ok("posthus/healthy", POSTHUS, "{host}"),
    ok("posthus/all", POSTHUS, ALL),
    ok("posthus/login", POSTHUS, of_posthus(1, ALL), named={"auth.failed": "ok", "imap.quota.full": "ok"}),
    ok("posthus/relay", POSTHUS, "--relay-test smtp://{host}"),
    critical("auth.failed/posthus", POSTHUS, wrong(2) + "imaps://{host}"),
    critical("auth.failed/posthus-pop3", POSTHUS, wrong(2) + "pop3s://{host}"),
    critical("auth.failed/posthus-submission", POSTHUS, wrong(2) + "submission://{host}"),
    warning("imap.prefix.wrong/posthus", POSTHUS, of_posthus(1, "--prefix mail/ imaps://{host}")),
    critical("imap.quota.full/posthus", POSTHUS, of_posthus(3, "imaps://{host}")),
    critical("auth.disabled/posthus", POSTHUS, of_posthus(4, "imaps://{host}")),
    critical("auth.disabled/posthus-pop3", POSTHUS, of_posthus(4, "pop3s://{host}")),
    critical("auth.disabled/posthus-submission", POSTHUS, of_posthus(4, "submission://{host}")),
    # To strangers an account without a password is like one that does not exist.
    critical("auth.failed/posthus-no-password", POSTHUS, "--login nopassword@{domain} --password-file {secret} imaps://{host}"),
    critical("smtp.sender-refused/posthus", POSTHUS, of_posthus(1, "--from u00002@{domain} submission://{host}")),
    critical("proto.wrong/posthus", POSTHUS, "imaps://{host}:995"),
    critical("tls.mode.plain-on-ssl-port/posthus", POSTHUS, "submissions://{host}:587"),
]
