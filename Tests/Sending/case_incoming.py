"""Mail from the world is judged: SPF, DKIM, DMARC and ARC, signed by other implementations, from hosts that may and that may not."""
import smtplib

import mail
from keys import Key
from marks import marked
from server import account
from stage import OUTSIDE

READER = 14
# Domain, its DMARC policy, its SPF.
DOMAINS = (("signed.example", "reject", f"v=spf1 ip4:{OUTSIDE} -all"), ("reject.example", "reject", "v=spf1 -all"),
           ("quarantine.example", "quarantine", "v=spf1 -all"), ("watch.example", "none", "v=spf1 -all"),
           ("soft.example", None, "v=spf1 ~all"), ("nothing.example", None, None), ("list.example", None, "v=spf1 -all"),
           ("broken.example", None, "v=spf1 include:missing.example -all"))


def prepare(stage):
    names, stage.keys = stage.names, {}
    for domain, policy, spf in DOMAINS:
        names.host(domain, OUTSIDE)
        if policy:
            names.text(f"_dmarc.{domain}", f"v=DMARC1; p={policy}; rua=mailto:dmarc@{domain}")
        if spf:
            names.text(domain, spf)
        for kind in ("rsa", "ed25519"):
            key = stage.keys[domain, kind] = Key(stage.folder, domain, kind, kind)
            names.text(key.name, key.record)


def arrive(stage, sender, author=None, change=lambda data: data, source=OUTSIDE):
    """A message from outside; (its token, the results that our server wrote on it, the message)."""
    token = mail.new_token()
    data = change(mail.compose(token, sender=author or sender, to=account(READER)))
    stage.server.send(sender, account(READER), data, source=source)
    got = stage.server.wait_for(READER, token)[0]
    return results(got), got


def results(data):
    return (mail.header(data, b"authentication-results") or b"").decode().lower()


def is_refused(stage, sender, author, change=lambda data: data):
    try:
        arrive(stage, sender, author, change)
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused):
        return True
    return False


@marked("ours")
def test_spf_of_real_servers(stage):
    for name, peer in stage.peers.items():
        token, sender = mail.new_token(), f"bo@{peer.domain}"
        peer.send(sender, [account(READER)], mail.compose(token, sender=sender, to=account(READER)))
        said = results(stage.server.wait_for(READER, token)[0])
        assert "spf=pass" in said and peer.domain in said, (name, said)


@marked("ours")
def test_spf_of_who_may_not(stage):
    for domain, wanted in (("postfix.example", "spf=fail"), ("soft.example", "spf=softfail"), ("nothing.example", "spf=none"),
                           ("broken.example", "spf=permerror"), ("signed.example", "spf=pass")):
        said, _ = arrive(stage, f"bo@{domain}")
        assert wanted in said, (domain, said)


@marked("ours")
def test_dkim_by_another_implementation(stage):
    for kind in ("rsa", "ed25519"):
        said, got = arrive(stage, "bo@signed.example", change=stage.keys["signed.example", kind].sign)
        assert "dkim=pass" in said and "header.d=signed.example" in said and "dmarc=pass" in said, (kind, said, got[:2500])


@marked("ours")
def test_dkim_that_was_tampered_with(stage):
    def tampered(data):
        return stage.keys["nothing.example", "rsa"].sign(data) + b"and one line more\r\n"
    said, _ = arrive(stage, "bo@nothing.example", change=tampered)
    assert "dkim=fail" in said, said


@marked("ours")
def test_dmarc_is_obeyed(stage):
    assert is_refused(stage, "x@nothing.example", "boss@reject.example"), "p=reject was taken"
    told = stage.server.traced("refused", "--sender", "x@nothing.example")
    assert any("DMARC" in line["detail"].upper() and line["message_id"] for line in told), told
    token = mail.new_token()
    data = mail.compose(token, sender="boss@quarantine.example", to=account(READER))
    stage.server.send("x@nothing.example", account(READER), data, source=OUTSIDE)

    def in_junk():
        return [each for each in stage.server.inbox(READER, "Junk") if mail.token_of(each) == token]
    stage.server.until(in_junk, 30, "the message in Junk")
    said, _ = arrive(stage, "x@nothing.example", author="boss@watch.example")
    assert "dmarc=fail" in said, said


@marked("ours")
def test_dmarc_is_met_by_a_signature_alone(stage):
    """Forwarded: SPF fails, the signature is whole."""
    said, _ = arrive(stage, "x@nothing.example", "boss@reject.example", change=stage.keys["reject.example", "rsa"].sign)
    assert "dmarc=pass" in said, said


@marked("ours")
def test_a_seal_by_another_implementation(stage):
    key = stage.keys["list.example", "rsa"]
    found = "mx.list.example; spf=pass smtp.mailfrom=bo@nothing.example"

    def sealed(data):
        return key.seal(f"Authentication-Results: {found}\r\n".encode() + data, "mx.list.example")
    said, got = arrive(stage, "bo@nothing.example", change=sealed)
    assert "arc=pass" in said, (said, got[:3000])


@marked("ours")
def test_forged_results_are_taken_out(stage):
    forged = b"Authentication-Results: mail.example.test; spf=pass smtp.mailfrom=forged\r\n"
    said, got = arrive(stage, "bo@soft.example", change=lambda data: forged + data)
    assert b"smtp.mailfrom=forged" not in got and "spf=softfail" in said, got[:1500]


@marked("ours")
def test_our_own_domain_from_outside_is_no_pass(stage):
    said = ""
    if not is_refused(stage, account(1), account(1)):
        token = mail.new_token()
        stage.server.send(account(1), account(READER), mail.compose(token, sender=account(1), to=account(READER)), source=OUTSIDE)
        said = results(stage.server.wait_for(READER, token)[0])
    assert "spf=pass" not in said and "dmarc=pass" not in said, said
