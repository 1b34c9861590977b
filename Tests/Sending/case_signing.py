"""What our server signs, verified by dkimpy and by who receives it."""
import re

import dkim

import mail
from keys import lookup
from marks import marked
from server import DOMAIN, account
from sink import EXTENSIONS, Manners

WRITER = 15
TEXT = "Grüße, åäö ☃ and a line with trailing spaces   \r\n\r\n.dot\r\n" + "word " * 180 + "\r\n\r\n\r\n"


def prepare(stage):
    stage.new_sink("verify.example")
    stage.new_sink("bdatless.example", Manners(extensions=tuple(each for each in EXTENSIONS if each != "CHUNKING")))
    stage.new_sink("verifyseven.example", Manners(extensions=()))


def records(stage):
    """The keys' records by name, made when they are first asked for; they sign at once."""
    with stage.lock:
        if not stage.records:
            stage.server.mailctl("dkim", "create", DOMAIN, "--unchecked")
            stage.records.update((key["record_name"].rstrip("."), key["record"]) for key in stage.server.records("dkim", "list", DOMAIN))
            stage.names.publish(stage.records)
    return stage.records


def signatures(data):
    return re.findall(rb"(?im)^dkim-signature:(?:[^\n]|\n[ \t])*", data)


def sent(stage, domain, **how):
    """What arrived at a sink there of a message that a user has submitted."""
    token, to = mail.new_token(), f"anna@{domain}"
    stage.server.submit(WRITER, to, mail.compose(token, sender=account(WRITER), to=to, **how), options=["BODY=8BITMIME"])
    got, = stage.sinks[f"mx.{domain}"].wait_for(token)
    return got.data


def verify(data, known):
    """Every signature holds: (how many, their algorithms)."""
    count = len(signatures(data))
    for number in range(count):
        assert dkim.DKIM(data).verify(idx=number, dnsfunc=lookup(known)), (number, data[:3000])
    return {re.search(rb"a=([a-z0-9-]+)", each).group(1).decode() for each in signatures(data)}


@marked("ours")
def test_both_signatures_hold(stage):
    known = records(stage)
    for domain in ("verify.example", "bdatless.example"):
        data = sent(stage, domain, body=TEXT)
        assert verify(data, known) == {"rsa-sha256", "ed25519-sha256"}, data[:2500]
        assert b"d=" + DOMAIN.encode() in signatures(data)[0].replace(b"\r\n ", b"").replace(b"\r\n\t", b"")


@marked("ours")
def test_what_was_encoded_on_the_way_is_signed_as_sent(stage):
    known = records(stage)
    data = sent(stage, "verifyseven.example", body=TEXT)
    assert all(byte < 128 for byte in data)
    assert len(verify(data, known)) == 2, data[:2500]
    assert mail.text_of(data).split() == TEXT.split()


@marked("ours")
def test_a_large_message_is_signed(stage):
    known = records(stage)
    assert len(verify(sent(stage, "verify.example", size=3_000_000), known)) == 2


@marked("ours")
def test_one_byte_more_breaks_them(stage):
    """The control: what is verified here can fail."""
    known = records(stage)
    data = sent(stage, "verify.example") + b"x"
    try:
        holds = dkim.DKIM(data).verify(dnsfunc=lookup(known))
    except dkim.ValidationError:  # dkimpy's way to say that the body is another one
        holds = False
    assert not holds


@marked("ours")
def test_what_began_elsewhere_is_not_signed_by_us(stage):
    """From a trusted host, in another domain's name: our key says nothing about it."""
    records(stage)
    token, to = mail.new_token(), "anna@verify.example"
    stage.server.send("bo@elsewhere.example", to, mail.compose(token, sender="bo@elsewhere.example", to=to))
    got, = stage.sinks["mx.verify.example"].wait_for(token)
    assert not signatures(got.data), got.data[:1500]


@marked("ours")
def test_important_fields_are_signed(stage):
    """RFC 6376 §5.4; From twice, so that nobody adds another one."""
    known = records(stage)
    data = sent(stage, "verify.example")
    for signature in signatures(data):
        fields = re.sub(rb"\s", b"", re.search(rb"[; \t]h=([^;]+)", signature).group(1)).lower().split(b":")
        assert {b"from", b"to", b"subject", b"date", b"message-id"} <= set(fields), fields
    forged = b"From: boss@example.test\r\n" + data
    assert not dkim.DKIM(forged).verify(dnsfunc=lookup(known)), "a second From fits the signature"
