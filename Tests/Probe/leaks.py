"""Whether the password went anywhere it must not: by the bytes that came to the fixtures, and by what was printed."""
import base64
import re

from behaviour import PROTOCOL, SECRET

# LOGIN and AUTHENTICATE of IMAP, USER, PASS, APOP and AUTH of POP3, AUTH of SMTP.
LOGIN = re.compile(rb"(?im)^(?:\S+ (?:LOGIN|AUTHENTICATE)|USER|PASS|APOP|AUTH)[ \r\n]")
FIRST_OF_LOGIN = re.compile(rb"(?im)^(?:\S+ (?:LOGIN|AUTHENTICATE)|USER|APOP|AUTH) \S")
WHEREABOUTS = re.compile(rb'"x-probe-address" "[^"]')
CONTENT = re.compile(rb"(?im)^(?:DATA|BDAT)\b")


def disguises():
    """The secret itself, and what base64 makes of its middle wherever it begins in a group of three bytes."""
    secret = SECRET.encode()
    yield secret
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + secret)
        yield coded[4 if before else 0:-4]


def is_in(data):
    return any(disguise in data for disguise in disguises())


def of_output(*texts):
    if any(is_in(text.encode()) for text in texts):
        yield "the password was printed"


def of_conversations(conversations, login):
    """`login`: what the row allows (rows.NEVER, rows.ONCE; None where no password was given)."""
    for each in conversations:
        where = f"{each.service} at {each.address}"
        if is_in(bytes(each.raw)) or is_in(bytes(each.in_clear)):
            yield f"the password came to {where} in clear"
        if LOGIN.search(each.in_clear):
            yield f"a login was begun in clear with {where}: {bytes(each.in_clear)[-200:]!r}"
        if login != "once" and (is_in(bytes(each.in_tls)) or LOGIN.search(each.in_tls)):
            yield f"a login was sent to {where}"
        if CONTENT.search(each.in_tls) or CONTENT.search(each.in_clear):
            yield f"a message was sent to {where}"
    for protocol, count in logins(conversations).items():
        if count > 1:
            yield f"{count} logins with {protocol}"


def of_whereabouts(conversations):
    """Where the probe's machine stands in its own network is nothing for whoever has not proven who they are."""
    for each in conversations:
        if WHEREABOUTS.search(each.in_tls) or WHEREABOUTS.search(each.in_clear):
            yield f"the probe told its own address to {each.service} at {each.address}"


def logins(conversations):
    counted = {}
    for each in conversations:
        protocol = PROTOCOL.get(each.service, each.service)
        counted[protocol] = counted.get(protocol, 0) + len(FIRST_OF_LOGIN.findall(each.in_tls))
    return counted
