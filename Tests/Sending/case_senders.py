"""Who may send: other people's servers to our users, our users to everybody, trusted networks, and nobody else."""
import re
import smtplib
import subprocess

import mail
from marks import marked
from server import DOMAIN, account
from stage import OUTSIDE
from posthus import SECRET

READER, WRITER = 4, 5


def prepare(stage):
    stage.new_sink("world.example")


def refused(session, sender, recipient):
    session.ehlo()
    code, text = session.mail(sender)
    return (code, text) if code != 250 else session.rcpt(recipient)


def test_each_server_sends_to_us(stage):
    for name, peer in stage.peers.items():
        token, sender = mail.new_token(), f"bo@{peer.domain}"
        peer.send(sender, [account(READER)], mail.compose(token, sender=sender, to=account(READER), size=20_000))
        got = stage.server.wait_for(READER, token)[0]
        assert mail.body(got).startswith(f"This is {token}.\r\n.\r\n..two dots\r\n".encode()), (name, got[:1500])
        assert mail.header(got, b"return-path") == f"<{sender}>".encode(), name


def test_each_server_sends_a_large_message_to_us(stage):
    for name, peer in stage.peers.items():
        token, sender = mail.new_token(), f"bo@{peer.domain}"
        data = mail.compose(token, sender=sender, to=account(6), size=10_000_000)
        peer.send(sender, [account(6)], data)
        got = stage.server.wait_for(6, token, seconds=60)[0]
        assert mail.body(got).rstrip() == mail.body(data).rstrip(), name


def test_each_server_answers_what_we_sent(stage):
    """There and back: an unknown recipient bounces at the next hop's hands, and the bounce comes to our user."""
    for name, peer in stage.peers.items():
        to = f"unknown@{peer.domain}"
        token = stage.server.post(to, sender=account(READER))
        fields = stage.server.wait_for_report(READER, token).of(to)
        assert fields["action"] == "failed" and fields["status"].startswith("5."), (name, fields)


def test_trusted_networks_relay(stage):
    token = stage.server.post("anna@world.example")
    stage.sinks["mx.world.example"].wait_for(token)


def test_outsiders_are_denied(stage):
    with stage.server.connect(source=OUTSIDE) as session:
        code, text = refused(session, "x@elsewhere.example", "anna@world.example")
    assert code in (550, 554) and b"5.7.1" in text and re.search(b"Relay(ing| access) denied", text), (code, text)


def test_outsiders_reach_our_users(stage):
    token = mail.new_token()
    stage.server.send("x@elsewhere.example", account(READER), mail.compose(token, "x@elsewhere.example", account(READER)), source=OUTSIDE)
    stage.server.wait_for(READER, token)


def test_outsiders_reach_nobody_by_tricks(stage):
    """Source routes, percent signs and the like (RFC 5321 appendix C): no word of them gets out."""
    tricks = ("anna%world.example@example.test", "anna@world.example@example.test", '"anna@world.example"@example.test',
              "@example.test:anna@world.example", "world.example!anna@example.test")
    for trick in tricks:
        with stage.server.connect(source=OUTSIDE) as session:
            code, text = refused(session, "x@elsewhere.example", trick)
        assert code // 100 == 5, (trick, code, text)
    assert not [each for each in stage.sinks["mx.world.example"].received if each.sender == "x@elsewhere.example"]


@marked("ours")
def test_users_send_on_every_port(stage):
    for port in (25, 465, 587):
        token = mail.new_token()
        data = mail.compose(token, sender=account(WRITER), to="anna@world.example")
        stage.server.submit(WRITER, ["anna@world.example", account(READER)], data, port=port)
        got, = stage.sinks["mx.world.example"].wait_for(token)
        assert got.sender == account(WRITER)
        stage.server.wait_for(READER, token)


@marked("ours")
def test_swaks_sends(stage):
    for port, how in ((587, ["--tls"]), (465, ["--tls-on-connect"])):
        token = mail.new_token()
        done = subprocess.run(
            ["swaks", "--server", stage.server.host, "--port", str(port), *how, "--auth", "PLAIN", "--auth-user", account(WRITER),
             "--auth-password", SECRET, "--from", account(WRITER), "--to", "anna@world.example", "--helo", "client.example",
             "--header", f"Message-Id: <{token}@sending.example>", "--tls-ca-path", stage.server.bed.cafile],
            capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        stage.sinks["mx.world.example"].wait_for(token)


@marked("ours")
def test_nobody_sends_before_the_login(stage):
    with smtplib.SMTP(stage.server.host, 587, timeout=30) as session:
        session.starttls(context=stage.server.context)
        code, text = refused(session, account(WRITER), "anna@world.example")
        assert code == 530, (code, text)


@marked("ours")
def test_users_send_as_themselves_alone(stage):
    with stage.server.login(WRITER) as session:
        for sender in (account(READER), "somebody@elsewhere.example"):
            code, text = refused(session, sender, "anna@world.example")
            assert code // 100 == 5 and b"5.7.1" in text, (sender, code, text)
            session.rset()
        token = mail.new_token()
        forged = mail.compose(token, sender=account(READER), to="anna@world.example")
        try:
            session.sendmail(account(WRITER), ["anna@world.example"], forged)
        except smtplib.SMTPDataError as error:
            assert error.smtp_code // 100 == 5, error
            return
    got, = stage.sinks["mx.world.example"].wait_for(token)
    assert account(WRITER) in str(got.message["Sender"]), got.data[:800]


@marked("ours")
def test_submission_completes_what_is_missing(stage):
    token = mail.new_token()
    stage.server.submit(WRITER, "anna@world.example", f"From: {account(WRITER)}\r\nSubject: {token}\r\n\r\nhello\r\n".encode())
    sink = stage.sinks["mx.world.example"]
    stage.server.until(lambda: [each for each in sink.received if token.encode() in each.data], 30, "the message")
    got, = [each for each in sink.received if token.encode() in each.data]
    assert got.message["Date"] and DOMAIN in got.message["Message-ID"], got.data[:800]


@marked("ours")
def test_submission_without_from_is_refused(stage):
    try:
        stage.server.submit(WRITER, "anna@world.example", b"Subject: nobody\r\n\r\nhello\r\n")
    except smtplib.SMTPDataError as error:
        assert error.smtp_code // 100 == 5, error
    else:
        raise AssertionError("a message without From was taken")


@marked("ours")
def test_a_copy_to_sent_for_who_asks_for_it(stage):
    keeper, other = 16, 17
    stage.server.mailctl("feature", "set", "sent-copy", "on", account(keeper))
    tokens = {}
    for number in (keeper, other):
        tokens[number] = mail.new_token()
        data = mail.compose(tokens[number], sender=account(number), to="anna@world.example")
        stage.server.submit(number, "anna@world.example", data)
        stage.sinks["mx.world.example"].wait_for(tokens[number])

    def copies(number):
        return [each for each in stage.server.inbox(number, "Sent") if mail.token_of(each) == tokens[number]]
    stage.server.until(lambda: copies(keeper), 20, "a copy in Sent")
    assert len(copies(keeper)) == 1 and not copies(other)
