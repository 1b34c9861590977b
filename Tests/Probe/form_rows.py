"""The same judgement for monitoring systems and for people."""
from rows import CRITICAL, OK, WARNING, Row


def nagios(name, fault, command, exit):
    return Row(f"nagios/{name}", fault, command, exit, root="", form="nagios")


def human(name, fault, command, exit, says):
    return Row(f"human/{name}", fault, command, exit, root="", form="human", says=says)


ROWS = [
    nagios("healthy", "healthy", "{host}", OK),
    nagios("four-days", "certificate-four-days", "{host}", CRITICAL),
    nagios("two-weeks", "certificate-two-weeks", "imaps://{host}", WARNING),
    nagios("accepted", "certificate-two-weeks", "--fail-on critical imaps://{host}", OK),
    nagios("dropped", "dropped", "{host}", CRITICAL),
    nagios("strange-greeting", "nonsense", "imap+tls://{host}", CRITICAL),
    human("ssl-on-starttls-port", "ssl-on-starttls-ports", "imap+tls://{host}", CRITICAL, "(tls.mode.ssl-on-starttls-port"),
    human("label-of-program", "ssl-on-starttls-ports", "--client thunderbird imap+tls://{host}", CRITICAL, "SSL/TLS"),
    human("swedish", "certificate-expired", "--lang sv imaps://{host}", CRITICAL, "Gör så här"),
    human("english", "certificate-expired", "--lang en imaps://{host}", CRITICAL, "Do this"),
    human("other-family", "only-ipv6", "-4 imaps://{host}", CRITICAL, "leads to no server by IPv4."),
    human("stalled", "stalled-after-greeting", "--timeout 4s imap+tls://{host}", CRITICAL, "said nothing after its"),
    human("healthy", "healthy", "{host}", OK, "{host}"),
]
