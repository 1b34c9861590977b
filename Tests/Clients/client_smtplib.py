import smtplib

import messages
from support import fetch_all, find, seed, tls, token
from testbed import PASSWORD, Testbed

SENDER, ACCOUNT = 5, 6


def send(smtp, name, make):
    message = make(name, Testbed.address(SENDER), Testbed.address(ACCOUNT))
    options = ["BODY=8BITMIME"] if any(byte > 127 for byte in message) else []
    assert smtp.sendmail(Testbed.address(SENDER), [Testbed.address(ACCOUNT)], message, mail_options=options) == {}
    return message


def check(bed, sent):
    received = fetch_all(bed, ACCOUNT)
    for name, message in sent.items():
        assert messages.same(message, find(received, name)), name


def test_submission_with_starttls(bed):
    with smtplib.SMTP("localhost", bed.ports["submission"]) as smtp:
        smtp.ehlo()
        assert not smtp.has_extn("auth"), "AUTH is offered before TLS"
        smtp.starttls(context=tls(bed))
        smtp.login(Testbed.address(SENDER), PASSWORD)
        names = {token(): make for make in messages.KINDS}
        check(bed, {name: send(smtp, name, make) for name, make in names.items()})


def test_submissions_with_implicit_tls(bed):
    with smtplib.SMTP_SSL("localhost", bed.ports["submissions"], context=tls(bed)) as smtp:
        smtp.login(Testbed.address(SENDER), PASSWORD)
        name = token()
        check(bed, {name: send(smtp, name, messages.plain)})


def test_port_25_after_starttls_takes_a_login(bed):
    with smtplib.SMTP("localhost", bed.ports["smtp"]) as smtp:
        smtp.starttls(context=tls(bed))
        smtp.login(Testbed.address(SENDER), PASSWORD)
        name = token()
        check(bed, {name: send(smtp, name, messages.plain)})


def test_refusals(bed):
    with smtplib.SMTP("localhost", bed.ports["smtp"]) as smtp:
        smtp.ehlo()
        assert smtp.mail("a@elsewhere.example")[0] == 250
        assert smtp.rcpt("nobody@example.test")[0] == 550
        code, text = smtp.rcpt("someone@other.example")
        assert code == 550 and text.startswith(b"5.7.1"), (code, text)
        assert smtp.rcpt("postmaster@example.test")[0] == 250
        assert smtp.rcpt(Testbed.address(ACCOUNT))[0] == 250
    with smtplib.SMTP("localhost", bed.ports["submission"]) as smtp:
        smtp.ehlo()
        assert smtp.mail(Testbed.address(SENDER))[0] == 530
        smtp.starttls(context=tls(bed))
        smtp.ehlo()
        assert smtp.mail(Testbed.address(SENDER))[0] == 530
        assert smtp.docmd("AUTH", "PLAIN AHUAcA==")[0] == 535


def test_subaddress_and_many_recipients(bed):
    name = token()
    message = messages.plain(name, "a@elsewhere.example", "list@example.test")
    recipients = [Testbed.address(number) for number in (7, 8, 9)] + ["u00010+tag@example.test"]
    with smtplib.SMTP("localhost", bed.ports["smtp"]) as smtp:
        assert smtp.sendmail("a@elsewhere.example", recipients, message) == {}
    for number in (7, 8, 9, 10):
        assert messages.same(message, find(fetch_all(bed, number), name)), number


def test_bare_line_feed_cannot_smuggle(bed):
    name = token()
    with smtplib.SMTP("localhost", bed.ports["smtp"]) as smtp:
        smtp.ehlo()
        smtp.mail("a@elsewhere.example")
        smtp.rcpt(Testbed.address(ACCOUNT))
        assert smtp.docmd("DATA")[0] == 354
        smtp.send(f"Subject: {name}\r\n\r\nfirst\n.\nMAIL FROM:<x@y.example>\r\nsecond\r\n.\r\n")
        code, text = smtp.getreply()
        assert code == 550 and text.startswith(b"5.5.2"), (code, text)
    assert not [m for m in fetch_all(bed, ACCOUNT) if name.encode() in m]


def test_seed_is_visible_at_once(bed):
    name, sent = seed(bed, ACCOUNT, messages.eight_bit)
    assert messages.same(sent, find(fetch_all(bed, ACCOUNT), name))
