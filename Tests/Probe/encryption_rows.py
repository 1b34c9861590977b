"""TLS and certificates."""
from rows import LOGIN, NEVER, ONCE, critical, info, ok, warning

IMAPS, IMAP, POP3, SUBMISSION = "imaps://{host}", "imap+tls://{host}", "pop3+tls://{host}", "submission://{host}"


def certificate(name, kind, **more):
    """With TLS at once and after STARTTLS."""
    return [critical(name, f"certificate-{kind}", IMAPS, login=NEVER, **more),
            critical(f"{name}/starttls", f"certificate-{kind}", SUBMISSION, login=NEVER, **more)]


ROWS = [
    # Where and how TLS begins.
    critical("tls.mode.ssl-on-starttls-port", "ssl-on-starttls-ports", IMAP, login=NEVER),
    critical("tls.mode.ssl-on-starttls-port/submission", "ssl-on-starttls-ports", SUBMISSION, login=NEVER),
    critical("proto.wrong/behind-tls", "healthy", "imap+tls://{host}:465", login=NEVER),
    critical("tls.mode.ssl-on-starttls-port/documented-port", "healthy", "imap+tls://{host}:993", login=NEVER),
    critical("tls.mode.plain-on-ssl-port", "plain-on-ssl-ports", IMAPS, login=NEVER),
    critical("tls.mode.plain-on-ssl-port/submissions", "plain-on-ssl-ports", "submissions://{host}", login=NEVER),
    critical("tls.mode.plain-on-ssl-port/documented-port", "healthy", "submissions://{host}:587", login=NEVER),
    critical("tls.starttls.missing", "starttls-missing", IMAP, login=NEVER),
    critical("tls.starttls.missing/pop3", "starttls-missing", POP3, login=NEVER),
    critical("tls.starttls.missing/submission", "starttls-missing", SUBMISSION, login=NEVER),
    critical("tls.starttls.refused", "starttls-refused", IMAP, login=NEVER),
    critical("tls.starttls.refused/pop3", "starttls-refused", POP3, login=NEVER),
    critical("tls.starttls.refused/submission", "starttls-refused", SUBMISSION, login=NEVER),
    critical("tls.starttls.injection", "starttls-injection", IMAP),
    critical("tls.starttls.injection/pop3", "starttls-injection", POP3),
    critical("tls.starttls.injection/submission", "starttls-injection", SUBMISSION),
    # What it is made of.
    critical("tls.version.old", "tls-old", IMAPS, login=NEVER),
    critical("tls.version.old/starttls", "tls-1.1-only", SUBMISSION, login=NEVER),
    critical("tls.version.old/wanted", "tls-1.2-only", "--min-tls 1.3 " + IMAPS, login=NEVER),
    warning("tls.version.deprecated-offered", "tls-deprecated-offered", IMAPS),
    warning("tls.version.deprecated-offered/starttls", "tls-deprecated-offered", SUBMISSION),
    ok("tls.starttls.injection/not-let-in-again", "one-connection", IMAP, named={"tls.starttls.injection": "skipped"}),
    ok("tls/not-let-in-again", "one-connection", IMAPS, absent=("tls.version.deprecated-offered", "tls.cipher.weak")),
    ok("tls/1.2-only", "tls-1.2-only", IMAPS),
    ok("tls/1.3-only", "tls-1.3-only", IMAPS),
    warning("tls.cipher.weak", "cipher-null", IMAPS),
    warning("tls.cipher.weak/anonymous", "cipher-anonymous", SUBMISSION),
    warning("tls.cipher.weak/forgotten", "cipher-broken", IMAPS),
    critical("tls.handshake", "tls-alert", IMAPS, login=NEVER),
    critical("tls.handshake/starttls", "tls-alert-internal", SUBMISSION, login=NEVER),
    critical("tls.handshake/half", "tls-half", IMAPS, login=NEVER),
    critical("tls.handshake/never-comes", "tls-silent", IMAP, login=NEVER),
    info("tls.resumption", "tls-without-resumption", IMAPS),
    warning("tls.sni", "server-name-needed", IMAPS),
    # Certificates.
    critical("tls.intercepted", "certificate-intercepted", IMAPS, login=NEVER),
    critical("tls.intercepted/all", "certificate-intercepted", "{host}", login=NEVER),
    critical("tls.intercepted/trusted", "certificate-intercepted", "--ca-file {interceptor} " + IMAPS, login=NEVER),
    *certificate("tls.cert.expired", "expired"),
    critical("tls.cert.expired/intermediate", "certificate-expired-intermediate", IMAPS, login=NEVER),
    critical("tls.cert.expiring", "certificate-four-days", IMAPS),
    warning("tls.cert.expiring/two-weeks", "certificate-two-weeks", SUBMISSION),
    ok("tls.cert.expiring/accepted", "certificate-two-weeks", "--warn-days 10 --crit-days 3 " + IMAPS),
    *certificate("tls.cert.not-yet-valid", "not-yet-valid"),
    *certificate("tls.cert.name", "wrong-name"),
    critical("tls.cert.name/wildcard", "certificate-wildcard-too-short", IMAPS, login=NEVER),
    # RFC 9525 6.3
    critical("tls.cert.name/wildcard-partial", "certificate-wildcard-partial", IMAPS, login=NEVER),
    ok("tls.cert/wildcard", "certificate-wildcard", IMAPS),
    *certificate("tls.cert.self-signed", "self-signed"),
    *certificate("tls.cert.untrusted", "unknown-authority"),
    *certificate("tls.chain.incomplete", "intermediate-missing"),
    warning("tls.chain.order", "certificate-wrong-order", IMAPS),
    warning("tls.cert.weak", "certificate-rsa1024", IMAPS),
    warning("tls.cert.weak/sha1", "certificate-sha1", SUBMISSION),
    warning("tls.cert.differs", "certificates-differ", "{host}"),
    critical("tls.ocsp", "certificate-must-staple", IMAPS, login=NEVER),
    critical("tls.ocsp/revoked", "staple-revoked", IMAPS, login=NEVER),
    critical("tls.ocsp/forged", "staple-forged", IMAPS, login=NEVER),
    ok("tls.ocsp/promised", "staple-promised", IMAPS, named={"tls.ocsp": "ok"}),
    ok("tls.ocsp/good", "staple-good", IMAPS, named={"tls.ocsp": "ok"}),
    ok("tls.dane/right", "dane-right", IMAPS),
    warning("tls.dane", "dane-wrong", IMAPS),
    # The whole answer.
    ok("healthy/url", "healthy", IMAPS, named={"tls.session": "ok", "proto.capabilities": "ok"}),
    ok("healthy/host", "healthy", "{host}"),
    ok("healthy/both-families", "healthy-on-both", "{host}"),
    ok("healthy/domain", "published", "{domain}"),
    ok("healthy/address-and-name", "healthy", "--address {address} imaps://{host}"),
    ok("healthy/server-name", "healthy", "--servername {host} imaps://{address}"),
    ok("healthy/ipv6", "healthy-on-both", "-6 imaps://{host}"),
    ok("healthy/login", "healthy", LOGIN + " {host}", login=ONCE, named={"auth.failed": "ok"}),
    ok("healthy/login-everywhere", "healthy", LOGIN + " imaps://{host} imap+tls://{host} pop3s://{host} pop3+tls://{host} "
       "submission://{host} submissions://{host}", login=ONCE, named={"auth.failed": "ok"}),
]
