"""What goes wrong with TLS: where it is, how it is asked for, what it is made of, whom it shows."""
import ssl

import hello
import staple
import tls
from behaviour import PORTS
from world import talk

OLD = {"lowest": ssl.TLSVersion.TLSv1, "highest": ssl.TLSVersion.TLSv1_1, "ciphers": f"ALL:{tls.HONEST}"}
CERTIFICATES = ("expired", "not-yet-valid", "four-days", "two-weeks", "rsa1024", "sha1", "wrong-name", "wildcard",
                "wildcard-too-short", "wildcard-partial", "intermediate-missing", "self-signed", "wrong-order", "expired-intermediate",
                "unknown-authority", "intercepted", "must-staple")


def ssl_on_starttls_ports(fixture):
    on_other_ports(fixture, {"imap": "imaps", "pop3": "pop3s", "submission": "submissions", "smtp": "submissions"})


def plain_on_ssl_ports(fixture):
    on_other_ports(fixture, {"imaps": "imap", "pop3s": "pop3", "submissions": "submission"})


def on_other_ports(fixture, plan):
    """What each port stands for is spoken at another one; the others are as they should be."""
    address, good, how = fixture.address(), fixture.tls(), fixture.behaving()
    for service, port in PORTS.items():
        fixture.listen(service, address, port, talk(plan.get(service, service), how, good))


def with_certificate(kind):
    return lambda fixture: fixture.mail(*PORTS, tls=fixture.tls(kind))


def with_tls(make):
    return lambda fixture: fixture.mail(*PORTS, tls=make(fixture))


def behaving(**how):
    return lambda fixture: fixture.mail(*PORTS, **how)


def cut_at_hello(fixture):
    """On every port: where TLS begins later, the clear part works."""
    fixture.mail(*PORTS, tls=tls.Cut())


def without_server_name(fixture):
    """Who names no server gets the hoster's certificate."""
    fixture.mail(*PORTS, tls=tls.TLS(fixture.pair("default-host"), by_name={fixture.host: fixture.pair()}))


def differing(fixture):
    """587 was left behind when the others got their new certificate."""
    address, behaviour = fixture.address(), fixture.behaving()
    for service, port in PORTS.items():
        kind = "another" if service in ("submission", "submissions") else "good"
        fixture.listen(service, address, port, talk(service, behaviour, fixture.tls(kind)))


def expired_on_one_address(fixture):
    """Two addresses, one name; one machine was forgotten."""
    fixture.mail(*PORTS).mail(*PORTS, tls=fixture.tls("expired"))


def stapled(kind="good", **how):
    return with_tls(lambda fixture: staple.Stapled(fixture.world.certificates, fixture.pair(kind), **how))


FAULTS = {
    "ssl-on-starttls-ports": ssl_on_starttls_ports,
    "plain-on-ssl-ports": plain_on_ssl_ports,
    "starttls-missing": behaving(starttls="missing"),
    "starttls-refused": behaving(starttls="refused"),
    "starttls-injection": behaving(starttls="injection"),
    "tls-old": with_tls(lambda fixture: fixture.tls("rsa", **OLD)),
    "tls-1.1-only": with_tls(lambda fixture: fixture.tls(**{**OLD, "lowest": ssl.TLSVersion.TLSv1_1})),
    "tls-deprecated-offered": with_tls(lambda fixture: fixture.tls("rsa", lowest=ssl.TLSVersion.TLSv1, ciphers=f"ALL:{tls.HONEST}")),
    "tls-1.2-only": with_tls(lambda fixture: fixture.tls(highest=ssl.TLSVersion.TLSv1_2)),
    "tls-1.3-only": with_tls(lambda fixture: fixture.tls(lowest=ssl.TLSVersion.TLSv1_3)),
    "cipher-null": with_tls(lambda fixture: fixture.tls(ciphers="ECDHE+AESGCM:eNULL")),
    "cipher-anonymous": with_tls(lambda fixture: fixture.tls(ciphers="ECDHE+AESGCM:AECDH+AES")),
    "cipher-broken": with_tls(lambda fixture: tls.broken_suites(fixture.pair("rsa"))),
    "tls-alert": with_tls(lambda fixture: tls.alert(hello.HANDSHAKE_FAILURE)),
    "tls-alert-internal": with_tls(lambda fixture: tls.alert(hello.INTERNAL_ERROR)),
    # After STARTTLS and its go-ahead nothing comes any more.
    "tls-silent": with_tls(lambda fixture: tls.Silent()),
    # The path swallows what is longer than its beginning.
    "tls-half": with_tls(lambda fixture: tls.Half()),
    "tls-without-resumption": with_tls(lambda fixture: tls.without_tickets(fixture.pair())),
    "tls-cut": cut_at_hello,
    "staple-good": stapled(),
    "staple-revoked": stapled(status="revoked"),
    "staple-promised": stapled("must-staple"),
    "staple-forged": stapled("must-staple", signer="Uni Private Root"),
    "server-name-needed": without_server_name,
    "certificates-differ": differing,
    "certificate-expired-on-one-address": expired_on_one_address,
    **{f"certificate-{kind}": with_certificate(kind) for kind in CERTIFICATES},
}
