"""What goes wrong when the server speaks: too late, not at all, another language, or nothing but excuses."""
from behaviour import IMPLICIT, PORTS, PROTOCOL
from web import HTTP, LOGIN_PAGE
from world import talk

BUSY = {"imap": "* BYE [UNAVAILABLE] Too many connections from your address, try again later",
        "pop3": "-ERR [SYS/TEMP] Too many connections, try again later",
        "smtp": "421 4.7.0 mail.example Too many connections from your address, try again later"}
SWAPPED = {"imaps": "pop3s", "pop3s": "imaps", "submissions": "imaps", "imap": "submission", "pop3": "imap", "submission": "pop3",
           "smtp": "imap"}


def silent(fixture):
    on_every_port(fixture, lambda wire: wire.drain())


def on_every_port(fixture, serve, behind_tls=False):
    address, tls = fixture.address(), fixture.tls()

    def serve_securely(wire):
        tls.start(wire)
        serve(wire)
    for service, port in PORTS.items():
        fixture.listen(service, address, port, serve_securely if behind_tls and service in IMPLICIT else serve)


def silent_after_tls(fixture):
    on_every_port(fixture, lambda wire: wire.drain(), behind_tls=True)


def slow(seconds):
    return lambda fixture: fixture.mail(*PORTS, delay=seconds)


def swapped(fixture):
    """On each port another protocol than the one it is for, with TLS as it is for the port."""
    address, tls, how = fixture.address(), fixture.tls(), fixture.behaving()
    for service, other in SWAPPED.items():
        fixture.listen(service, address, PORTS[service], talk(other, how, tls))


def shell_server(fixture):
    def serve(wire):
        wire.send("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")
        wire.drain()
    on_every_port(fixture, serve, behind_tls=True)


def nonsense(fixture):
    def serve(wire):
        wire.send("Hello, this is the coffee machine of the third floor\r\n")
        wire.drain()
    on_every_port(fixture, serve, behind_tls=True)


def web_server(fixture):
    on_every_port(fixture, lambda wire: HTTP(wire).run())


def web_server_behind_tls(fixture):
    on_every_port(fixture, lambda wire: HTTP(wire).run(), behind_tls=True)


def captive_portal(fixture):
    """Every port of every address leads to one page, in clear, whatever was asked for."""
    on_every_port(fixture, lambda wire: HTTP(wire, location=LOGIN_PAGE).run())


def busy(fixture):
    fixture.mail(*PORTS, greeting=BUSY)


def rejecting(fixture):
    """Not now, and not later either (RFC 5321 §3.1)."""
    fixture.mail(*PORTS, greeting={"smtp": "554 5.7.1 No mail service for you here"})


def other_name(fixture):
    fixture.mail(*PORTS, banner_name="localhost.localdomain")


def cut_after_greeting(fixture):
    address, tls = fixture.address(), fixture.tls()
    texts = {"imap": "* OK IMAP4rev1 ready", "pop3": "+OK POP3 ready", "smtp": f"220 {fixture.host} ESMTP ready"}

    def serve(service):
        def conversation(wire):
            if service in IMPLICIT:
                tls.start(wire)
            wire.say(texts[PROTOCOL[service]])
            wire.line()
            wire.reset()
        return conversation
    for service, port in PORTS.items():
        fixture.listen(service, address, port, serve(service))


def stalled_after_greeting(fixture):
    """It greets, and then hangs."""
    address, tls = fixture.address(), fixture.tls()

    def serve(wire):
        wire.say("* OK IMAP4rev1 ready")
        wire.drain()

    def serve_securely(wire):
        tls.start(wire)
        serve(wire)
    fixture.listen("imap", address, PORTS["imap"], serve)
    fixture.listen("imaps", address, PORTS["imaps"], serve_securely)


def closed_before_greeting(fixture):
    """An orderly end instead of words."""
    on_every_port(fixture, lambda wire: wire.close(), behind_tls=True)


FAULTS = {
    "silent": silent,
    "silent-after-tls": silent_after_tls,
    "slow-greeting": slow(4),
    "very-slow-greeting": slow(20),
    "wrong-protocol": swapped,
    "shell-server": shell_server,
    "nonsense": nonsense,
    "web-server": web_server,
    "web-server-behind-tls": web_server_behind_tls,
    "captive-portal": captive_portal,
    "busy": busy,
    "rejecting": rejecting,
    "other-name": other_name,
    "stalled-after-greeting": stalled_after_greeting,
    "cut-after-greeting": cut_after_greeting,
    "closed-before-greeting": closed_before_greeting,
}
