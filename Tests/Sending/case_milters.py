"""Filters beside our server: rspamd and opendkim as Debian has them, and such as fail."""
import smtplib
import struct

import mail
import milters
from marks import marked
from server import account
from stage import OUTSIDE

READER = 7
SENDER = "bo@signer.example"
HERE = {}


def prepare(stage):
    if stage.is_reference:
        return
    folder = stage.folder / "milters"
    folder.mkdir(mode=0o755)
    HERE["rspamd"] = milters.Rspamd(folder / "rspamd", 11332).start()
    HERE["opendkim"] = milters.OpenDKIM(folder / "opendkim", "opendkim.example").start()
    HERE["clamav"] = milters.ClamAV(folder / "clamav").start()
    three = ", ".join(f'"{HERE[name].setting}"' for name in ("opendkim", "clamav", "rspamd"))
    stage.new_server("filtered", settings=[
        f"filter.milters=[{three}]", 'filter.milter_timeout="20s"'])
    for port, default in enumerate(("accept", "tempfail", "reject"), 11340):
        HERE[default] = milters.BadMilter(port, "close")
        stage.new_server(f"filtered_{default}", settings=[
            f'filter.milters=["{HERE[default].setting}"]', f'filter.milter_default="{default}"', 'filter.milter_timeout="2s"'])
    HERE["listener"] = milters.Listener(11350)
    stage.new_server("heard", settings=[f'filter.milters=["{HERE["listener"].setting}"]'])
    HERE["signed"], record = milters.sign(folder / "dkim", "signer.example", "s1", message("signed1"))
    stage.names.text("s1._domainkey.signer.example", record)
    stage.names.host("mx.signer.example", OUTSIDE)
    stage.names.mail("signer.example", "mx.signer.example")


def finish(stage):
    for each in HERE.values():
        if hasattr(each, "stop"):
            each.stop()


def message(token, body=None, subject=None):
    return mail.compose(token, sender=SENDER, to=account(READER), body=body, subject=subject)


def send(server, data, source=OUTSIDE, sender=SENDER, to=None):
    server.send(sender, [to or account(READER)], data, source=source)


def wait_for_filters():
    for name in ("rspamd", "opendkim", "clamav"):
        HERE[name].wait()


@marked("ours")
def test_a_plain_message_gets_the_fields_of_both(stage):
    wait_for_filters()
    send(stage.filtered, HERE["signed"])
    got = stage.filtered.wait_for(READER, "signed1")[0]
    results = [line for line in got.split(b"\r\n\r\n")[0].split(b"\r\n") if b"opendkim.example" in line]
    assert results and b"dkim=pass" in got.split(b"\r\n\r\n")[0], got[:3000]
    assert mail.header(got, b"x-spamd-result") and mail.header(got, b"x-spam-status").startswith(b"No"), got[:3000]
    assert mail.body(got) == mail.body(HERE["signed"])
    assert got.startswith(b"Return-Path: <bo@signer.example>\r\nReceived: "), got[:200]


@marked("ours")
def test_spam_is_refused(stage):
    wait_for_filters()
    token = mail.new_token()
    try:
        send(stage.filtered, message(token, body=milters.GTUBE + "\r\n"))
    except smtplib.SMTPDataError as error:
        assert error.smtp_code == 554 and b"5.7.1" in error.smtp_error, error
    else:
        raise AssertionError("GTUBE was taken")
    assert not stage.filtered.find(READER, token)
    told, = stage.filtered.traced("refused", "--message-id", f"<{token}@sending.example>")
    assert told["recipient"] == account(READER) and told["sender"] == SENDER and told["detail"].startswith("554 5.7.1"), told


@marked("ours")
def test_a_virus_is_refused(stage):
    wait_for_filters()
    token = mail.new_token()
    try:
        send(stage.filtered, message(token, body=milters.EICAR + "\r\n"))
    except smtplib.SMTPDataError as error:
        assert error.smtp_code == 550 and b"5.7.1 Infected: Eicar-Test" in error.smtp_error, error
    else:
        raise AssertionError("a virus was taken")
    assert not stage.filtered.find(READER, token)


@marked("ours")
def test_marked_spam_goes_into_junk(stage):
    wait_for_filters()
    token = mail.new_token()
    send(stage.filtered, message(token, body=milters.GTUBE_MARKED + "\r\n"))
    found = stage.filtered.until(
        lambda: [each for each in stage.filtered.inbox(READER, "Junk") if mail.token_of(each) == token], 20, "message in Junk")
    assert mail.header(found[0], b"x-spam") == b"Yes", found[0][:2000]
    assert not stage.filtered.find(READER, token)


@marked("ours")
def test_a_subject_is_rewritten(stage):
    wait_for_filters()
    token = mail.new_token()
    send(stage.filtered, message(token, body=milters.GTUBE_SUBJECT + "\r\n", subject="plain"))
    seen = lambda: [each for box in ("INBOX", "Junk") for each in stage.filtered.inbox(READER, box) if mail.token_of(each) == token]
    got = stage.filtered.until(seen, 20, "message")[0]
    assert mail.header(got, b"subject") == b"*** SPAM *** plain", got[:2000]


@marked("ours")
def test_filters_see_mail_of_people_who_logged_in(stage):
    wait_for_filters()
    token = mail.new_token()
    try:
        stage.filtered.submit(1, [account(READER)], mail.compose(token, to=account(READER), body=milters.GTUBE + "\r\n"))
    except smtplib.SMTPDataError as error:
        assert error.smtp_code == 554, error
    else:
        raise AssertionError("GTUBE was taken")


@marked("ours")
def test_a_large_message_passes_whole(stage):
    wait_for_filters()
    token = mail.new_token()
    data = mail.compose(token, sender=SENDER, to=account(READER), size=5_000_000)
    send(stage.filtered, data)
    assert mail.body(stage.filtered.wait_for(READER, token, seconds=60)[0]) == mail.body(data)


def fails(server, manner, filter):
    filter.manner = manner
    token = mail.new_token()
    try:
        send(server, message(token))
    except smtplib.SMTPDataError as error:
        return error.smtp_code, token
    return 250, token


@marked("ours", "alone")
def test_a_filter_that_fails_obeys_the_default(stage):
    for default, wanted in (("accept", 250), ("tempfail", 451), ("reject", 550)):
        server = getattr(stage, f"filtered_{default}")
        for manner in ("close", "nonsense", "hang"):
            code, token = fails(server, manner, HERE[default])
            assert code == wanted, (default, manner, code)
            if code == 250:
                assert mail.body(server.wait_for(READER, token)[0]) == mail.body(message(token))
            else:
                assert not server.find(READER, token)


@marked("ours", "alone")
def test_a_filter_that_is_not_there_obeys_the_default(stage):
    HERE["tempfail"].stop()
    with stage.filtered_tempfail.connect(source=OUTSIDE) as session:
        session.ehlo()
        code, text = session.mail(SENDER)
    assert code == 451 and b"4.7.1" in text, (code, text)
    assert any(line["detail"].startswith("451 4.7.1") for line in stage.filtered_tempfail.traced("refused", "--sender", SENDER))
    HERE["tempfail"] = milters.BadMilter(HERE["tempfail"].port, "close")


def change(connection):
    """Everything a filter can ask for, in one message."""
    for packet in (
        b"hX-Added\0yes\0", b"i" + struct.pack(">I", 0) + b"X-First\0on top\0", b"m" + struct.pack(">I", 1) + b"Subject\0changed\0",
        b"m" + struct.pack(">I", 1) + b"MIME-Version\0\0", b"p", b"bA new ", b"bbody.\r\n",
        b"+<" + account(8).encode() + b">\0", b"-<" + account(READER).encode() + b">\0", b"e<other@signer.example>\0", b"c",
    ):
        milters.send_packet(connection, packet)


@marked("ours", "alone")
def test_everything_can_be_changed(stage):
    token = mail.new_token()
    HERE["accept"].manner = change
    send(stage.filtered_accept, message(token))
    got = stage.filtered_accept.wait_for(8, token)[0]
    assert not stage.filtered_accept.find(READER, token)
    head = got.split(b"\r\n\r\n")[0].split(b"\r\n")
    assert head[0] == b"Return-Path: <other@signer.example>", head
    assert mail.header(got, b"x-added") == b"yes" and mail.header(got, b"subject") == b"changed", head
    assert mail.header(got, b"mime-version") is None and head[-1] == b"X-Added: yes", head
    assert mail.body(got) == b"A new body.\r\n", got


@marked("ours")
def test_filters_are_told_how_somebody_has_logged_in_and_what_he_asked_for(stage):
    token, listener = mail.new_token(), HERE["listener"]
    stage.heard.submit(READER, account(1), mail.compose(token, sender=account(READER), to=account(1)), options=["ENVID=e1", "RET=HDRS"],
                       recipient_options=["NOTIFY=FAILURE,DELAY", f"ORCPT=rfc822;{account(1)}"])
    stage.heard.wait_for(1, token)
    macros = listener.macros()
    assert macros[b"{auth_authen}"] == account(READER).encode() and macros[b"{auth_type}"] in (b"PLAIN", b"LOGIN", b"SCRAM-SHA-256"), macros
    assert {b"RET=HDRS", b"ENVID=e1"} <= set(listener.told(b"M")[-1]), listener.told(b"M")
    assert {b"NOTIFY=FAILURE,DELAY", b"ORCPT=rfc822;" + account(1).encode()} <= set(listener.told(b"R")[-1]), listener.told(b"R")
