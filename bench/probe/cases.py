"""The faults that the tools are shown: which fixture of Tests/Probe stands for each, and at which of its services."""
import dataclasses

NO_LOGIN, RIGHT, WRONG = "none", "right", "wrong"
# Service: scheme of mail-probe, port, protocol of STARTTLS or None, what curl calls it.
SERVICES = {
    "imaps": ("imaps", 993, None, "imaps"),
    "imap": ("imap+tls", 143, "imap", "imap"),
    "submissions": ("submissions", 465, None, "smtps"),
    "submission": ("submission", 587, "smtp", "smtp"),
    "smtp": ("smtp", 25, "smtp", "smtp"),
    "submission-25": ("submission", 25, "smtp", "smtp"),
}


@dataclasses.dataclass(frozen=True)
class Case:
    """`imap`, `smtp`: the services where tools look that know only one protocol; the others look at the first there is.
    `probe`: what mail-probe has to be asked besides; `recipient`: what swaks asks for with RCPT; `prefix`: curl lists below it."""
    key: str
    title: str
    fixture: str
    imap: str | None = "imaps"
    smtp: str | None = "submission"
    login: str = RIGHT
    probe: str = ""
    recipient: str = ""
    prefix: str = ""

    @property
    def service(self):
        return self.imap or self.smtp


def starttls(key, title, fixture):
    return Case(key, title, fixture, imap="imap")


def sending(key, title, fixture, service="submission", **more):
    return Case(key, title, fixture, imap=None, smtp=service, **more)


CASES = [
    Case("none", "none", "healthy"),
    Case("expired", "certificate expired", "certificate-expired"),
    Case("expiring", "certificate ends in 4 days", "certificate-four-days"),
    Case("name", "certificate for another name", "certificate-wrong-name"),
    Case("self-signed", "self-signed certificate", "certificate-self-signed"),
    Case("untrusted", "authority that the client does not know", "certificate-unknown-authority"),
    Case("intermediate", "intermediate certificate missing", "certificate-intermediate-missing"),
    Case("old", "TLS 1.0 and 1.1 only", "tls-old"),
    Case("plain-on-ssl", "plain text on the SSL port", "plain-on-ssl-ports", smtp="submissions"),
    starttls("ssl-on-starttls", "SSL on the STARTTLS port", "ssl-on-starttls-ports"),
    starttls("starttls-missing", "STARTTLS not offered", "starttls-missing"),
    starttls("starttls-refused", "STARTTLS refused", "starttls-refused"),
    starttls("injection", "STARTTLS injection", "starttls-injection"),
    starttls("auth-before-tls", "login offered before TLS", "auth-before-tls"),
    starttls("slow-4", "greeting after 4 s", "slow-greeting"),
    Case("slow-20", "greeting after 20 s (all told to be patient)", "very-slow-greeting", imap="imap", probe="--patient"),
    Case("closed", "port closed", "closed"),
    Case("dropped", "SYN dropped", "dropped"),
    starttls("silent", "accepts, never speaks", "silent"),
    Case("reset", "reset after accept", "reset"),
    Case("wrong-protocol", "another protocol on the port", "wrong-protocol"),
    sending("no-auth", "submission without AUTH", "auth-missing"),
    sending("greylist", "greylisted", "greylisting", "smtp", login=NO_LOGIN, probe="--recipient bo@{domain}",
            recipient="bo@{domain}"),
    Case("password", "wrong password", "password-wrong", login=WRONG),
    Case("ipv6-only", "server only on IPv6, reachable", "only-ipv6"),
    Case("ipv6-no-route", "server only on IPv6, client has none", "only-ipv6-without-route"),
    Case("prefix", "wrong IMAP path prefix", "healthy", smtp=None, probe="--prefix mail/", prefix="mail/"),
    sending("port-25", "port 25 as outgoing server, login works", "healthy", "submission-25"),
    sending("port-25-no-login", "port 25 as outgoing server, no login", "no-login-on-25", "submission-25"),
    sending("relay", "open relay", "open-relay", "smtp", login=NO_LOGIN, probe="--relay-test", recipient="somebody@elsewhere.example"),
]
