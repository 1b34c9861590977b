"""Mail that accounts send on: with the forwarder's name in the envelope (SRS) and his seal (ARC), back again, and never in circles."""
import pathlib
import re
import smtplib
import subprocess
import time

import dkim

import mail
from case_signing import records, verify
from keys import lookup
from marks import marked
from server import DOMAIN, account
from sink import Manners
from stage import OURS as HOME, OUTSIDE

COPY, AWAY, FIRST, SECOND, FAILING, SEALED, PEERS, BACK = range(21, 29)
CHAIN, CHAINED, REPORTED, OURS, LEFT = 16, 17, 18, 19, 20
SENDER = "bo@origin.example"
QUIET_SECONDS = 3
# What workers know of the directory is believed for a second.
SECONDS_OF_BELIEF = 1.5


def prepare(stage):
    # Here a connection comes from the very address it goes to, which no SPF record could permit.
    stage.settings.append(f'relay.source_addresses=["{HOME}"]')
    stage.new_sink("away.example", Manners(replies={"RCPT refused": "550 5.1.1 no"}))
    stage.new_sink("origin.example")
    stage.names.text("origin.example", f"v=spf1 ip4:{OUTSIDE} -all")


def forward(stage, number, target, *options):
    stage.server.mailctl("forward", "set", account(number), target, *options)


def from_outside(stage, to, sender=SENDER):
    token = mail.new_token()
    stage.server.send(sender, to, mail.compose(token, sender=SENDER, to=to), source=OUTSIDE)
    return token


def sent_on(stage, number, target="anna@away.example", *options):
    """(token, what arrived at the target)."""
    forward(stage, number, target, *options)
    token = from_outside(stage, account(number))
    return token, stage.sinks["mx.away.example"].wait_for(token)[0]


@marked("ours")
def test_with_a_copy(stage):
    token, got = sent_on(stage, COPY)
    assert got.recipient == "anna@away.example"
    assert got.sender.upper().startswith("SRS0") and got.sender.endswith("@" + DOMAIN), got.sender
    stage.server.wait_for(COPY, token)


@marked("ours")
def test_without_a_copy(stage):
    token, _ = sent_on(stage, AWAY, "anna@away.example", "--no-copy")
    time.sleep(QUIET_SECONDS)
    assert not stage.server.find(AWAY, token)


@marked("ours")
def test_the_seal_holds(stage):
    """dkimpy finds the chain whole, and ours at its end."""
    known = records(stage)
    _, got = sent_on(stage, SEALED)
    verdict, sets, reason = dkim.arc_verify(got.data, dnsfunc=lookup(known))
    assert verdict == b"pass", (verdict, reason, got.data[:3000])
    results = mail.header(got.data, b"arc-authentication-results").decode()
    assert "spf=pass" in results and "origin.example" in results, results


@marked("ours")
def test_the_seal_holds_at_other_servers(stage):
    """Whatever Postfix, Exim and OpenSMTPD put on top of it."""
    known = records(stage)
    for peer in stage.peers.values():
        forward(stage, PEERS, f"anna@{peer.domain}")
        time.sleep(SECONDS_OF_BELIEF)
        got = peer.wait_for(from_outside(stage, account(PEERS)))[0]
        fields = got.data.split(b"ARC-Seal:", 1)
        assert len(fields) == 2, got.data[:2000]
        assert dkim.arc_verify(b"ARC-Seal:" + fields[1], dnsfunc=lookup(known))[0] == b"pass", (peer.name, got.data[:3000])


@marked("ours")
def test_a_bounce_finds_the_way_back(stage):
    """A report to the rewritten sender goes to the true one; a forged address of that kind goes nowhere."""
    _, got = sent_on(stage, BACK)
    token = mail.new_token()
    stage.server.send("", got.sender, mail.compose(token, sender="MAILER-DAEMON@away.example", to=got.sender), source=OUTSIDE)
    back, = stage.sinks["mx.origin.example"].wait_for(token)
    assert back.recipient == SENDER and back.sender == "", back
    forged = got.sender.replace("=origin.example=", "=away.example=")
    with stage.server.connect(source=OUTSIDE) as session:
        session.ehlo()
        session.mail("")
        code, text = session.rcpt(forged)
    assert code // 100 == 5, (code, text)


@marked("ours")
def test_a_target_that_refuses_is_told_to_the_sender(stage):
    forward(stage, FAILING, "refused@away.example")
    token = from_outside(stage, account(FAILING))
    sink = stage.sinks["mx.origin.example"]
    stage.server.until(lambda: [each for each in sink.received if each.sender == "" and token.encode() in each.data], 40, "a report")
    stage.server.wait_for(FAILING, token)


@marked("ours")
def test_circles_end(stage):
    forward(stage, FIRST, account(SECOND))
    forward(stage, SECOND, account(FIRST))
    token = from_outside(stage, account(FIRST))
    stage.server.wait_for(FIRST, token)
    time.sleep(QUIET_SECONDS)
    assert len(stage.server.find(FIRST, token)) <= 2 and len(stage.server.find(SECOND, token)) <= 2
    assert not [to for to in stage.server.waiting() if to in (account(FIRST), account(SECOND))]
    stage.server.mailctl("forward", "unset", account(FIRST))
    stage.server.mailctl("forward", "unset", account(SECOND))


def others_arc(stage, known, data):
    """What dkimpy and Perl's Mail::DKIM say of the chain."""
    zone, message = stage.folder / "arc.zone", stage.folder / "arc.eml"
    zone.write_text("".join(f"{name}\t{text}\n" for name, text in known.items()))
    message.write_bytes(data)
    perl = subprocess.run(["perl", pathlib.Path(__file__).with_name("dkim_other.pl"), zone, "verify", message],
                          capture_output=True, text=True, timeout=60, check=True).stdout
    return dkim.arc_verify(data, dnsfunc=lookup(known))[0].decode(), re.search(r"arc=(\w+)", perl).group(1)


@marked("ours")
def test_through_postfix_and_back(stage):
    """Origin, us, Postfix (which has pyspf check the sender), us again, and out once more: SPF passes and the chain of seals stays whole."""
    known = records(stage)
    forward(stage, CHAIN, f"back-u{CHAINED:05d}@{stage.peers['postfix'].domain}", "--no-copy")
    forward(stage, CHAINED, "anna@away.example")
    time.sleep(SECONDS_OF_BELIEF)
    token = from_outside(stage, account(CHAIN))
    got = stage.server.wait_for(CHAINED, token)[0]
    spf = mail.header(got, b"received-spf").decode()
    assert spf.startswith("Pass (mailfrom)") and "srs0" in spf.lower(), spf
    assert b"arc=pass" in mail.header(got, b"authentication-results"), got[:4000]
    out, = stage.sinks["mx.away.example"].wait_for(token)
    assert out.sender == mail.header(got, b"return-path").decode().strip("<>"), "our own sender is not rewritten again"
    assert out.data.count(b"ARC-Seal: i=2;") == 1 and b"cv=pass" in mail.header(out.data, b"arc-seal"), out.data[:4000]
    assert others_arc(stage, known, out.data) == ("pass", "pass"), out.data[:6000]
    # A bounce of the last hop goes all the way back.
    bounce = mail.new_token()
    stage.server.send("", out.sender, mail.compose(bounce, sender="MAILER-DAEMON@away.example", to=out.sender), source=OUTSIDE)
    back, = stage.sinks["mx.origin.example"].wait_for(bounce)
    assert back.recipient == SENDER and back.sender == "", back


@marked("ours")
def test_a_broken_chain_is_sealed_as_broken_once(stage):
    """RFC 8617 §5.1.2."""
    records(stage)
    forward(stage, SEALED, "anna@away.example")
    token = mail.new_token()
    text = "i=1; a=rsa-sha256; t=1; cv=none; d=origin.example; s=none; b=AAAA"
    broken = (f"ARC-Seal: {text}\r\nARC-Message-Signature: i=1; a=rsa-sha256; d=origin.example; s=none; h=from; bh=AAAA; b=AAAA\r\n"
              "ARC-Authentication-Results: i=1; origin.example; none\r\n").encode()
    data = mail.compose(token, sender=SENDER, to=account(SEALED))
    stage.server.send(SENDER, account(SEALED), broken + data, source=OUTSIDE)
    got, = stage.sinks["mx.away.example"].wait_for(token)
    seal = mail.header(got.data, b"arc-seal")
    assert seal.startswith(b"i=2;") and b"cv=fail" in seal, got.data[:3000]
    again = mail.new_token()
    stage.server.send(SENDER, account(SEALED), got.data[got.data.index(b"ARC-Seal"):].replace(token.encode(), again.encode()), source=OUTSIDE)
    got, = stage.sinks["mx.away.example"].wait_for(again)
    assert b"i=3;" not in got.data, got.data[:3000]


@marked("ours")
def test_what_our_own_people_write_is_signed_for_them_as_well(stage):
    known = records(stage)
    forward(stage, OURS, "anna@away.example")
    time.sleep(SECONDS_OF_BELIEF)
    token = mail.new_token()
    stage.server.submit(1, account(OURS), mail.compose(token, sender=account(1), to=account(OURS)))
    got, = stage.sinks["mx.away.example"].wait_for(token)
    assert got.sender == account(1)
    assert verify(got.data, known) == {"rsa-sha256", "ed25519-sha256"}, got.data[:3000]
    assert others_arc(stage, known, got.data) == ("pass", "pass"), got.data[:3000]
    # What strangers write in their name is not.
    token = mail.new_token()
    stage.server.send(SENDER, account(OURS), mail.compose(token, sender=account(1), to=account(OURS)), source=OUTSIDE)
    got, = stage.sinks["mx.away.example"].wait_for(token)
    assert mail.header(got.data, b"dkim-signature") is None, got.data[:3000]


@marked("ours")
def test_reports_are_sent_on(stage):
    """A bounce that this server writes for somebody whose mail is elsewhere."""
    records(stage)
    forward(stage, REPORTED, "anna@away.example", "--no-copy")
    token = mail.new_token()
    stage.server.submit(REPORTED, "refused@away.example", mail.compose(token, sender=account(REPORTED), to="refused@away.example"))
    sink = stage.sinks["mx.away.example"]
    stage.server.until(lambda: [each for each in sink.received if each.sender == "" and token.encode() in each.data], 40, "a report")
    report, = [each for each in sink.received if each.sender == "" and token.encode() in each.data]
    assert report.recipient == "anna@away.example" and b"Delivered-To: " + account(REPORTED).encode() in report.data, report.data[:2000]
    assert not stage.server.reports(REPORTED, token)
    # It comes back, and stays.
    stage.server.send("", account(REPORTED), report.data, source=OUTSIDE)
    stage.server.wait_for_report(REPORTED, token)


@marked("ours")
def test_whoever_has_left_is_followed_by_his_mail(stage):
    """Expires, then forward: no copy, no login; and refused where it cannot go on."""
    server = stage.server
    forward(stage, LEFT, "anna@away.example")
    server.mailctl("account", "set", account(LEFT), "--expires", "2020-01-01", "--then", "forward")
    time.sleep(SECONDS_OF_BELIEF)
    token = from_outside(stage, account(LEFT))
    stage.sinks["mx.away.example"].wait_for(token)
    try:
        server.login(LEFT).quit()
    except smtplib.SMTPAuthenticationError:
        pass
    else:
        raise AssertionError("he can log in")
    time.sleep(QUIET_SECONDS)
    assert server.mailctl("account", "show", account(LEFT), "--format", "tsv", "--columns", "messages,expires_then").split() == ["0", "forward"]
    server.mailctl("feature", "set", "forward-outside", "off", account(LEFT))
    time.sleep(SECONDS_OF_BELIEF)
    with server.connect(source=OUTSIDE) as session:
        session.ehlo()
        session.mail(SENDER)
        code, text = session.rcpt(account(LEFT))
    assert code == 550 and text.startswith(b"5.2.1"), (code, text)
