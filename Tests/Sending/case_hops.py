"""Mail to other people's servers, and to next hops that can do less."""
import mail
from marks import marked
from server import account
from sink import CARRY_ON, EXTENSIONS, Manners
from stage import UNREACHABLE

LARGE = 10_000_000
SENDER = account(1)
SOURCE = "203.0.117.77"
PLAIN_SMTP = Manners(extensions=(), replies={"EHLO": "502 5.5.1 what?"})
WITHOUT = {name: tuple(each for each in EXTENSIONS if not each.startswith(name)) for name in ("SMTPUTF8", "CHUNKING")}


def prepare(stage):
    if not stage.is_reference:
        stage.new_server("sourced", settings=[f'relay.source_addresses=["{SOURCE}", "2001:db8:113::9"]'])
        stage.new_server("misplaced", settings=[f'relay.source_addresses=["{UNREACHABLE}"]'])
    stage.new_sink("full.example")
    stage.new_sink("old.example", PLAIN_SMTP)
    stage.new_sink("seven.example", Manners(extensions=("PIPELINING", "SIZE 52428800")))
    stage.new_sink("ascii.example", Manners(extensions=WITHOUT["SMTPUTF8"]))
    stage.new_sink("small.example", Manners(extensions=("SIZE 20000", "8BITMIME", "ENHANCEDSTATUSCODES")))
    stage.new_sink("few.example", Manners(replies={"RCPT": takes_only(10)}))
    stage.new_sink("reused.example")
    stage.new_sink("slash.example", Manners(extensions=WITHOUT["CHUNKING"]))


def takes_only(most):
    """So many recipients of each transaction, then 452 (RFC 5321 §4.5.3.1.10)."""
    def answer(dialogue, _):
        return "452 4.5.3 too many" if len(dialogue.recipients) >= most else CARRY_ON
    return answer


def to_each(stage, compose, options=(), wanted=None, seconds=60):
    """One message to each peer; {name: what arrived}."""
    tokens = {}
    for name, peer in stage.peers.items():
        if wanted is None or wanted(peer):
            tokens[name], to = mail.new_token(), f"anna@{peer.domain}"
            stage.server.send(SENDER, to, compose(tokens[name], to), options=options)
    return {name: stage.peers[name].wait_for(token, seconds=seconds)[0] for name, token in tokens.items()}


def test_plain_text_to_each(stage):
    for name, got in to_each(stage, lambda token, to: mail.compose(token, to=to, body=".\r\n..\r\nhello\r\n")).items():
        assert got.sender == SENDER, (name, got.sender)
        assert got.recipient == f"anna@{name}.example", (name, got.recipient)
        assert mail.body(got.data) == b".\r\n..\r\nhello\r\n", (name, got.data)


def test_large_to_each(stage):
    for name, got in to_each(stage, lambda token, to: mail.compose(token, to=to, size=LARGE)).items():
        want = mail.body(mail.compose(got.token, size=LARGE))
        assert mail.body(got.data)[:50] == want[:50] and abs(len(got.data) - LARGE) < 5_000, (name, len(got.data))
        assert mail.body(got.data).rstrip() == mail.body(mail.compose(got.token, to=f"anna@{name}.example", size=LARGE)).rstrip(), name


def test_8bit_to_each(stage):
    text = "Grüße aus Göteborg, åäö ☃\r\n"
    for name, got in to_each(stage, lambda token, to: mail.compose(token, to=to, body=text), ["BODY=8BITMIME"]).items():
        assert mail.text_of(got.data).strip() == text.strip(), (name, got.data)


def test_smtputf8_to_who_can(stage):
    def compose(token, to):
        return mail.compose(token, to=to, subject="Grüße " + token)
    got = to_each(stage, compose, ["SMTPUTF8", "BODY=8BITMIME"], lambda peer: peer.takes_smtputf8)
    assert len(got) == 2
    for name, each in got.items():
        assert "Grüße" in str(each.message["Subject"]), (name, each.data[:600])


def test_tls_where_it_is_offered(stage):
    """OpenSMTPD's handshake fails: it has the mail all the same, in clear."""
    for name, got in to_each(stage, lambda token, to: mail.compose(token, to=to)).items():
        first = mail.header(got.data, b"received").lower()
        assert (b"tls" in first) == (name != "opensmtpd"), (name, first)


def test_many_recipients_to_each(stage):
    for name, peer in stage.peers.items():
        token, people = mail.new_token(), [f"r{number}@{peer.domain}" for number in range(150)]
        stage.server.send(SENDER, people, mail.compose(token, to="many:;"))
        got = peer.wait_for(token, len(people), seconds=60)
        assert sorted(each.recipient for each in got) == sorted(people), name


def test_a_hop_without_esmtp(stage):
    token = stage.server.post("anna@old.example")
    got, = stage.sinks["mx.old.example"].wait_for(token)
    assert got.sender == SENDER
    assert any(line.startswith("HELO ") for line in stage.sinks["mx.old.example"].commands("HELO"))


@marked("ours")
def test_8bit_is_encoded_for_who_takes_seven_bits(stage):
    token, text = mail.new_token(), "Grüße aus Göteborg, åäö ☃\r\n" + "long ü " * 300 + "\r\n"
    to = "anna@seven.example"
    stage.server.send(SENDER, to, mail.compose(token, to=to, body=text), options=["BODY=8BITMIME"])
    got, = stage.sinks["mx.seven.example"].wait_for(token)
    assert all(byte < 128 for byte in got.data), got.data
    assert max(map(len, got.data.split(b"\r\n"))) <= 998
    assert mail.text_of(got.data).split() == text.split()


def test_smtputf8_is_refused_for_who_cannot(stage):
    token, to = mail.new_token(), "anna@ascii.example"
    data = mail.compose(token, to=to, subject="Grüße " + token)
    stage.server.send(SENDER, "grüße@ascii.example", data, options=["SMTPUTF8", "BODY=8BITMIME"])
    report = stage.server.wait_for_report(1, token)
    fields = next(iter(report.recipients.values()))
    assert fields["action"] == "failed" and fields["status"] in ("5.6.7", "5.3.5", "5.3.3"), fields
    assert not stage.sinks["mx.ascii.example"].of(token)


def test_a_hop_that_takes_no_such_size(stage):
    token, to = mail.new_token(), "anna@small.example"
    stage.server.send(SENDER, to, mail.compose(token, to=to, size=100_000))
    fields = stage.server.wait_for_report(1, token).of(to)
    assert fields["action"] == "failed" and fields["status"] in ("5.3.4", "5.2.3"), fields
    assert not stage.sinks["mx.small.example"].of(token)


def test_a_hop_that_takes_few_at_a_time(stage):
    token, people = mail.new_token(), [f"r{number}@few.example" for number in range(35)]
    stage.server.send(SENDER, people, mail.compose(token, to="many:;"))
    got = stage.sinks["mx.few.example"].wait_for(token, 35)
    assert sorted(each.recipient for each in got) == sorted(people)


@marked("ours")
def test_connections_are_used_again(stage):
    sink, tokens = stage.sinks["mx.reused.example"], []
    with stage.server.connect() as session:
        session.ehlo()
        for _ in range(60):
            tokens.append(mail.new_token())
            session.sendmail(SENDER, ["anna@reused.example"], mail.compose(tokens[-1], to="anna@reused.example"))
    for token in tokens:
        sink.wait_for(token)
    assert len(sink.dialogues) <= 40, f"{len(sink.dialogues)} connections for 60 messages"


def test_dots_and_long_lines(stage):
    body = ".\r\n..\r\n.a\r\n" + "x" * 990 + "\r\n" + "\r\n" * 5 + ".\r\n"
    for domain in ("full.example", "slash.example"):
        token, to = mail.new_token(), f"anna@{domain}"
        stage.server.send(SENDER, to, mail.compose(token, to=to, body=body))
        got, = stage.sinks[f"mx.{domain}"].wait_for(token)
        assert mail.body(got.data) == body.encode(), (domain, got.data)


@marked("ours")
def test_our_own_fields_stay_here(stage):
    token = stage.server.post("anna@full.example")
    got, = stage.sinks["mx.full.example"].wait_for(token)
    assert not got.message["Return-Path"], got.data[:400]
    received = mail.header(got.data, b"received")
    assert b"mail.example.test" in received and stage.server.trusted.encode() in received, received


LONG = "Grüße und " + "a very long line, " * 300


def lines_of(data):
    return [len(line) for line in data.split(b"\r\n")]


@marked("ours")
def test_long_lines_to_each(stage):
    """RFC 5321 §4.5.3.1.6: a part with lines of more than 998 octets is encoded, and says the same."""
    extra = "X-Long: " + "word " * 400 + "\r\n"
    for name, got in to_each(stage, lambda token, to: mail.compose(token, to=to, body=LONG + "\r\nshort\r\n", extra=extra),
                             ["BODY=8BITMIME"]).items():
        assert max(lines_of(got.data)) <= 998, (name, lines_of(got.data))
        assert mail.text_of(got.data) == LONG + "\nshort\n", (name, got.data[:3000])
        assert mail.header(got.data, b"x-long").split() == [b"word"] * 400, (name, got.data[:3000])


@marked("ours")
def test_long_lines_of_what_is_signed_are_broken(stage):
    """As Postfix breaks them."""
    token, to = mail.new_token(), "anna@full.example"
    extra = 'MIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol="x/y"; boundary=b\r\n'
    body = f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{LONG}\r\n--b\r\nContent-Type: x/y\r\n\r\nz\r\n--b--\r\n"
    stage.server.send(SENDER, to, mail.compose(token, to=to, body=body, extra=extra), options=["BODY=8BITMIME"])
    got, = stage.sinks["mx.full.example"].wait_for(token)
    assert max(lines_of(got.data)) <= 998, lines_of(got.data)
    assert mail.body(got.data).replace(b"\r\n ", b"") == body.encode(), got.data[:3000]


@marked("ours")
def test_mail_leaves_from_the_address_that_is_set(stage):
    token, to = mail.new_token(), "anna@full.example"
    stage.sourced.send(SENDER, to, mail.compose(token, to=to))
    sink = stage.sinks["mx.full.example"]
    sink.wait_for(token)
    assert SOURCE in {dialogue.client for dialogue in sink.dialogues}, {dialogue.client for dialogue in sink.dialogues}


@marked("ours")
def test_mail_waits_when_the_address_is_gone(stage):
    token, to = mail.new_token(), "anna@full.example"
    stage.misplaced.send(SENDER, to, mail.compose(token, to=to))
    why = stage.misplaced.wait_until_waiting(to)
    assert "assign requested address" in why, why
    assert not stage.sinks["mx.full.example"].of(token)
