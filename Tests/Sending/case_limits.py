"""Too much from one account is held, told and released; delay notices and the end of patience, on a server with short times."""
import time

import mail
from marks import marked
from server import account
from stage import TRUSTED, UNREACHABLE

HEAVY, MODEST, PATIENT, FREE, TIGHT = 11, 12, 13, 14, 16
HOST_LIMIT = 2


def prepare(stage):
    stage.new_sink("limits.example")
    stage.names.mail("nobody-answers.limits.example", "mx.nobody-answers.limits.example")
    stage.names.host("mx.nobody-answers.limits.example", UNREACHABLE)
    if not stage.is_reference:
        stage.new_server("strict", settings=[
            "sending.messages_per_hour=5", "sending.new_recipients_per_day=20", "sending.host_messages_per_hour=0",
            "sending.host_messages_per_day=0", "sending.host_new_recipients_per_day=0", 'relay.first_retry="1s"',
            'relay.longest_retry="2s"', 'relay.lifetime="60s"', 'relay.delay_notice="4s"'])
        stage.new_server("counting", settings=[
            f"sending.host_messages_per_hour={HOST_LIMIT}", f'relay.trusted_networks=["{TRUSTED}/32", "127.0.0.0/8"]'])


def held(server, sender):
    return [line for line in server.queue() if line["sender"] == sender and line["state"] == "held"]


@marked("ours")
def test_too_many_messages_are_held_told_and_released(stage):
    server, sink, tokens = stage.strict, stage.sinks["mx.limits.example"], []
    for _ in range(8):
        tokens.append(mail.new_token())
        server.submit(HEAVY, "anna@limits.example", mail.compose(tokens[-1], sender=account(HEAVY), to="anna@limits.example"))
    for token in tokens[:5]:
        sink.wait_for(token)
    lines = server.until(lambda: len(found := held(server, account(HEAVY))) >= 3 and found, 20, "held mail")
    assert not any(sink.of(token) for token in tokens[5:])
    # He is told, once; he must be able to see it in his inbox, as the operator in his.
    server.until(lambda: [each for each in server.inbox(HEAVY) if b"auto-" in each], 20, "a word to the user")
    for line in lines:
        server.mailctl("queue", "release", str(line["queue_id"]))
    for token in tokens[5:]:
        sink.wait_for(token)


def submitted(stage, number, count):
    """How many messages arrive, and how many are held."""
    server, sink, tokens = stage.strict, stage.sinks["mx.limits.example"], [mail.new_token() for _ in range(count)]
    before = len(held(server, account(number)))
    for token in tokens:
        server.submit(number, "anna@limits.example", mail.compose(token, sender=account(number), to="anna@limits.example"))
    server.until(lambda: sum(bool(sink.of(token)) for token in tokens) + len(held(server, account(number))) - before == count, 30,
                 "word of all of them")
    return sum(bool(sink.of(token)) for token in tokens), len(held(server, account(number))) - before


@marked("ours")
def test_a_class_has_limits_of_its_own(stage):
    server = stage.strict
    server.mailctl("class", "add", "free")
    server.mailctl("class", "add", "tight")
    server.mailctl("sending", "set", "--class", "free", "--messages-per-hour", "none")
    server.mailctl("sending", "set", "--class", "tight", "--messages-per-hour", "1")
    server.mailctl("account", "set", account(FREE), "--class", "free")
    server.mailctl("account", "set", account(TIGHT), "--class", "tight")
    assert submitted(stage, FREE, 7) == (7, 0)
    assert submitted(stage, TIGHT, 2) == (1, 1)
    # From the next message on.
    server.mailctl("sending", "unset", "--class", "tight")
    assert submitted(stage, TIGHT, 1) == (1, 0)
    # An allowance comes on top.
    server.mailctl("sending", "set", "--class", "tight", "--messages-per-hour", "1")
    server.mailctl("sending", "allow", account(TIGHT), "--recipients", "3")
    assert submitted(stage, TIGHT, 2) == (1, 1)


@marked("ours")
def test_hosts_are_counted_but_not_this_machine(stage):
    server, sink = stage.counting, stage.sinks["mx.limits.example"]
    def post(source):
        token = mail.new_token()
        server.send(account(1), "anna@limits.example", mail.compose(token, sender=account(1), to="anna@limits.example"), source=source)
        return token
    here = [post("127.0.0.1") for _ in range(HOST_LIMIT + 2)]
    there = [post(TRUSTED) for _ in range(HOST_LIMIT + 1)]
    for token in [*here, *there[:HOST_LIMIT]]:
        sink.wait_for(token)
    server.until(lambda: [line for line in server.queue() if line["state"] == "held"], 20, "held mail")
    assert not sink.of(there[-1])
    assert [line["sender"] for line in server.records("sending", "show")] == [TRUSTED]


@marked("ours")
def test_too_many_new_recipients_are_held(stage):
    """The mark of a stolen password: one message to many whom nobody here has written to."""
    server, token = stage.strict, mail.new_token()
    people = [f"stranger{number}@limits.example" for number in range(40)]
    server.submit(MODEST, people, mail.compose(token, sender=account(MODEST), to="many:;"))
    server.until(lambda: held(server, account(MODEST)), 20, "held mail")
    time.sleep(1)
    assert len(stage.sinks["mx.limits.example"].of(token)) < len(people)


@marked("ours", "long")
def test_a_delay_is_told_once_and_the_end_as_well(stage):
    server, to = stage.strict, "anna@nobody-answers.limits.example"
    token = server.post(to, sender=account(PATIENT))

    def actions():
        return [report.of(to)["action"] for report in server.reports(PATIENT, token)]
    server.until(lambda: "delayed" in actions(), 40, "a delay notice")
    server.until(lambda: "failed" in actions(), 120, "the end")
    assert actions().count("delayed") == 1 and actions().count("failed") == 1, actions()
    report = next(each for each in server.reports(PATIENT, token) if each.of(to)["action"] == "delayed")
    assert report.of(to)["status"].startswith("4.") and "will-retry-until" in report.of(to), report.recipients


@marked("ours", "long")
def test_who_wants_no_word_of_delay_gets_none(stage):
    server, to = stage.strict, "bo@nobody-answers.limits.example"
    token = mail.new_token()
    server.send(account(PATIENT), to, mail.compose(token, sender=account(PATIENT), to=to), recipient_options=["NOTIFY=FAILURE"])
    server.until(lambda: server.reports(PATIENT, token), 120, "the end")
    assert [report.of(to)["action"] for report in server.reports(PATIENT, token)] == ["failed"]
