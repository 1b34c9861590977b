"""Next hops that speak nonsense, stall, or never stop: they are cut off by limits of bytes and time, and the mail waits."""
import re
import time

import mail
from marks import marked
from posthus import UNLIMITED
from server import account
from sink import Gone, Manners

SENDER = 10
# So long may a reply without end be read; what comes after the decision is thrown away for a while, so that ours arrives.
CUT_SECONDS = 10
# RFC 5321 §4.5.3.2 allows five minutes for a greeting; a server of its own allows so much for one, and for all of a message.
ANSWER_SECONDS, DELIVERY_SECONDS = 4, 12
POURED = []


def prepare(stage):
    for name, how in {
            "http": Manners(greeting="HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n"),
            "noise": Manners(before=say(bytes(range(256)) * 20)),
            "nul": Manners(greeting="220 nul\0nul\x1b[31m ESMTP"),
            "codes": Manners(replies={"EHLO": "999 what", "HELO": "000 what"}),
            "letters": Manners(replies={"EHLO": "two fifty ok", "HELO": "okay"}),
            "early": Manners(before=say(b"220 x\r\n250 x\r\n250 x\r\n250 x\r\n354 x\r\n250 x\r\n")),
            "silent": Manners(before=wait_for_the_end),
            "closes": Manners(replies={"CONNECT": None}),
            "endless": Manners(replies={"EHLO": endless(b"250-MORE\r\n")}),
            "line": Manners(replies={"EHLO": endless(b"x" * 8)}),
            "greets": Manners(before=lambda connection: pour(connection, b"220-welcome\r\n")),
            "trickles": Manners(before=trickle),
            "drips": Manners(extensions=("PIPELINING",), replies={"RCPT": drip}),
            "mixed": Manners(replies={"RCPT": "250-2.1.5 yes\r\n550 5.1.1 no"}),
            "ready": Manners(extensions=(), replies={"DATA": "250 2.0.0 got it already"}),
            "fine": Manners()}.items():
        stage.new_sink(f"{name}.hostile.example", how)
    if not stage.is_reference:
        stage.new_server("hurried", settings=[
            f'relay.answer_timeout="{ANSWER_SECONDS}s"', f'relay.longest_delivery="{DELIVERY_SECONDS}s"', *UNLIMITED])


def drip(dialogue, _):
    """Each answer in good time, and all of them in a minute."""
    for octet in b"250 ok\r\n":
        dialogue.connection.sendall(bytes([octet]))
        time.sleep(0.3)
    return ""


def say(data):
    return lambda connection: connection.sendall(data)


def wait_for_the_end(connection):
    """Not one byte."""
    connection.settimeout(600)
    connection.recv(1)
    raise Gone


def endless(piece):
    def answer(dialogue, _):
        pour(dialogue.connection, piece)
        raise Gone
    return answer


def pour(connection, piece):
    """The same without end, some megabytes a second, until the connection is gone; POURED is how long that took."""
    data, begun = piece * (65_536 // len(piece)), time.monotonic()
    connection.settimeout(CUT_SECONDS)
    try:
        while time.monotonic() - begun < CUT_SECONDS * 2:
            connection.sendall(data)
            time.sleep(0.01)
    except OSError:
        pass
    POURED.append(time.monotonic() - begun)
    raise Gone


def trickle(connection):
    """A greeting, one byte a second, that never ends."""
    try:
        for number in range(3_600):
            connection.sendall(b"220 "[number:number + 1] or b"x")
            time.sleep(1)
    except OSError:
        raise Gone from None


def deferred(stage, name, seconds=40, server=None):
    to, server = f"anna@{name}.hostile.example", server or stage.server
    server.post(to, sender=account(SENDER))
    reason = server.wait_until_waiting(to, seconds)
    assert all(character.isprintable() for character in reason), repr(reason)
    return reason


@marked("ours")
def test_a_greeting_of_something_else(stage):
    deferred(stage, "http")


@marked("ours")
def test_noise(stage):
    deferred(stage, "noise")


@marked("ours")
def test_replies_that_are_none(stage):
    for name in ("codes", "letters"):
        deferred(stage, name)


def test_control_characters_go_nowhere(stage):
    token = stage.server.post("anna@nul.hostile.example", sender=account(SENDER))
    stage.server.until(lambda: stage.sinks["mx.nul.hostile.example"].of(token) or stage.server.waiting().get("anna@nul.hostile.example"),
                       30, "an end of it")


def test_who_closes_at_once(stage):
    deferred(stage, "closes")


@marked("ours")
def test_replies_to_nothing(stage):
    """Sent before any command: what was not asked for is no answer, and no message counts as taken."""
    deferred(stage, "early")
    assert not stage.sinks["mx.early.hostile.example"].received


def test_a_reply_with_two_minds(stage):
    to = "anna@mixed.hostile.example"
    token = stage.server.post(to, sender=account(SENDER))
    stage.server.until(lambda: stage.server.waiting().get(to) or stage.server.reports(SENDER, token)
                       or stage.sinks["mx.mixed.hostile.example"].of(token), 30, "an end of it")


@marked("ours")
def test_success_where_data_was_to_follow(stage):
    """250 to DATA: nothing of the message has been sent, so nothing is delivered."""
    deferred(stage, "ready")
    assert not stage.sinks["mx.ready.hostile.example"].received


@marked("ours")
def test_replies_without_end(stage):
    for name in ("endless", "line", "greets"):
        deferred(stage, name)
    stage.server.until(lambda: len(POURED) >= 3, CUT_SECONDS * 3, "end of the replies")
    assert max(POURED) < CUT_SECONDS, POURED


@marked("ours")
def test_fresh_mail_goes_on_beside_them(stage):
    """Hosts that are silent and hosts that trickle hold up nobody else."""
    for name in ("silent", "trickles"):
        for number in range(20):
            stage.server.post(f"r{number}@{name}.hostile.example", sender=account(SENDER))
    begun = time.monotonic()
    token = stage.server.post("anna@fine.hostile.example", sender=account(SENDER))
    stage.sinks["mx.fine.hostile.example"].wait_for(token, seconds=10)
    assert time.monotonic() - begun < 10


@marked("ours")
def test_slow_hosts_are_cut_off(stage):
    """However steadily the bytes come."""
    for name in ("silent", "trickles"):
        begun = time.monotonic()
        reason = deferred(stage, name, 30, stage.hurried)
        assert f"no whole answer within {ANSWER_SECONDS} s" in reason, (name, reason)
        assert time.monotonic() - begun < ANSWER_SECONDS + 8, name


@marked("ours")
def test_a_host_that_drips_has_so_long_for_all_of_it(stage):
    """Each answer is in time, and there are many: the next message does not wait for the last of them."""
    to = [f"r{number}@drips.hostile.example" for number in range(40)]
    token, begun = mail.new_token(), time.monotonic()
    stage.hurried.send(account(SENDER), to, mail.compose(token, sender=account(SENDER), to=to[0]))
    reason = stage.hurried.wait_until_waiting(to[-1], 40)
    # Its size gives it some seconds more.
    told = re.search(r"had not taken the message after (\d+) s", reason)
    assert told and DELIVERY_SECONDS <= int(told[1]) < DELIVERY_SECONDS + 5, reason
    assert time.monotonic() - begun < DELIVERY_SECONDS + 10
    assert not stage.sinks["mx.drips.hostile.example"].of(token)
