"""What a client finds of a domain by itself: SRV records (RFC 6186, RFC 8314) and autoconfiguration."""
from behaviour import PORTS

PLACE = "/mail/config-v1.1.xml"
WELL_KNOWN = "/.well-known/autoconfig/mail/config-v1.1.xml"
SERVICES = (("imaps", 993), ("pop3s", 995), ("submission", 587), ("submissions", 465))
SERVER = """\
    <{kind}Server type="{protocol}">
      <hostname>{host}</hostname>
      <port>{port}</port>
      <socketType>{security}</socketType>
      <username>%EMAILADDRESS%</username>
      <authentication>{authentication}</authentication>
    </{kind}Server>
"""
FRAME = """\
<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="{domain}">
    <domain>{domain}</domain>
    <displayName>University</displayName>
{servers}  </emailProvider>
</clientConfig>
"""


def autoconfig(fixture, imap=(993, "SSL"), pop3=(995, "SSL"), smtp=(587, "STARTTLS"), authentication="password-cleartext"):
    """The file that Thunderbird reads."""
    servers = "".join(
        SERVER.format(kind=kind, protocol=protocol, host=fixture.host, port=port, security=security,
                      authentication=authentication)
        for kind, protocol, (port, security) in
        (("incoming", "imap", imap), ("incoming", "pop3", pop3), ("outgoing", "smtp", smtp)))
    return FRAME.format(domain=fixture.domain, servers=servers)


def publish(fixture, text, place=PLACE, **how):
    host = f"autoconfig.{fixture.domain}" if place == PLACE else fixture.domain
    return fixture.web(host, {place: text}, **how)


def records(fixture, services=SERVICES, host=None):
    for service, port in services:
        fixture.world.names.service(service, fixture.domain, host or fixture.host, port)


def complete(fixture):
    fixture.mail(*PORTS)
    records(fixture)
    publish(fixture, autoconfig(fixture))
    fixture.world.names.add(fixture.domain, "MX", (10, fixture.host))


def without_records(fixture):
    fixture.mail(*PORTS)
    publish(fixture, autoconfig(fixture))


def records_dropped(fixture):
    """A router that answers questions for addresses, and drops those for services."""
    without_records(fixture)
    records(fixture)
    fixture.world.names.add_trouble(f"_tcp.{fixture.domain}", "SILENCE")


def without_autoconfig(fixture):
    fixture.mail(*PORTS)
    records(fixture)


def nothing_published(fixture):
    """What is left is to guess: imap., pop3., smtp., mail."""
    fixture.mail(*PORTS)
    fixture.world.names.add(fixture.domain, "MX", (10, fixture.host))


def records_differ(fixture):
    fixture.mail(*PORTS)
    records(fixture, (("imaps", 1993), ("pop3s", 995), ("submission", 587), ("submissions", 465)))
    publish(fixture, autoconfig(fixture))


def records_elsewhere(fixture):
    """Whoever writes DNS answers leads to a server of their own, with a certificate that is right there."""
    host = f"mail.elsewhere-{fixture.domain}"
    address = fixture.world.address()
    fixture.mail(*PORTS, address=address, tls=fixture.tls_for(host))
    fixture.named(address, name=host)
    records(fixture, host=host)


def wrong_autoconfig(fixture, **how):
    fixture.mail(*PORTS)
    records(fixture)
    publish(fixture, autoconfig(fixture, **how))


def well_known(fixture):
    fixture.mail(*PORTS)
    records(fixture)
    publish(fixture, autoconfig(fixture), WELL_KNOWN)


def broken_autoconfig(fixture):
    fixture.mail(*PORTS)
    records(fixture)
    publish(fixture, "<clientConfig><emailProvider id=")


def redirected(fixture):
    """Somebody without a right certificate leads to a server that has one, and to settings of their own."""
    fixture.mail(*PORTS)
    records(fixture)
    other = f"settings.elsewhere-{fixture.domain}"
    fixture.web(other, {PLACE: autoconfig(fixture, imap=(143, "STARTTLS"))})
    fixture.web(f"autoconfig.{fixture.domain}", tls="self-signed", location=f"https://{other}{PLACE}")


def clock_off(hours):
    def make(fixture):
        fixture.mail(*PORTS)
        records(fixture)
        publish(fixture, autoconfig(fixture), skew=hours * 3600)
    return make


def second_name(fixture):
    """An old name that still works beside the documented one."""
    fixture.mail(*PORTS)
    fixture.mail(*PORTS, address=fixture.world.address(), tls=fixture.tls_for(f"old.{fixture.domain}"))
    fixture.named(fixture.sockets[-1].getsockname()[0], name=f"old.{fixture.domain}")


def dane(matching):
    """TLSA 3 1 1 (RFC 6698): SHA-256 of the server's public key."""
    def make(fixture):
        fixture.mail(*PORTS)
        digest = fixture.world.certificates.key_digest(fixture.pair()) if matching else bytes(32)
        for port in PORTS.values():
            name = f"_{port}._tcp.{fixture.host}"
            fixture.world.names.add(name, "TLSA", (3, 1, 1, digest))
            fixture.world.names.authentic |= {name, fixture.host}
    return make


FAULTS = {
    "published": complete,
    "records-missing": without_records,
    "records-dropped": records_dropped,
    "autoconfig-missing": without_autoconfig,
    "nothing-published": nothing_published,
    "records-differ": records_differ,
    "records-elsewhere": records_elsewhere,
    "autoconfig-wrong-port": lambda fixture: wrong_autoconfig(fixture, imap=(143, "STARTTLS")),
    "autoconfig-in-clear": lambda fixture: wrong_autoconfig(fixture, imap=(143, "plain")),
    "autoconfig-broken": broken_autoconfig,
    "autoconfig-redirected": redirected,
    "autoconfig-well-known": well_known,
    "clock-ahead": clock_off(-3),
    "clock-behind": clock_off(50),
    "second-name": second_name,
    "dane-right": dane(True),
    "dane-wrong": dane(False),
}
