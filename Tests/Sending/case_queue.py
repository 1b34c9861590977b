"""Mail that waits: deferred and tried again, held, released, removed; loops cut."""
import smtplib
import time

import mail
from marks import marked
from server import account
from sink import CARRY_ON, Manners

SENDER = 9
QUIET_SECONDS = 2


def prepare(stage):
    stage.new_sink("later.example", Manners(replies={"RCPT": later(2)}))
    stage.new_sink("ending.example", Manners(replies={"DOT": None}))
    stage.new_sink("hanging.example", Manners(replies={"MAIL": None}))
    stage.new_sink("held.example", Manners(replies={"RCPT": "450 4.2.0 not now"}))
    stage.new_sink("partly.example", Manners(replies={"RCPT two@": "450 4.2.0 not now", "RCPT three@": "550 5.1.1 never"}))
    stage.new_sink("removed.example", Manners(replies={"RCPT": "450 4.2.0 not now"}))
    stage.new_sink("listed.example", Manners(replies={"RCPT": "450 4.2.0 not now"}))


def later(times):
    """So many attempts for each recipient are deferred (450), then it is taken."""
    seen = {}

    def answer(_, line):
        seen[line] = seen.get(line, 0) + 1
        return "450 4.2.0 come back later" if seen[line] <= times else CARRY_ON
    return answer


def entry(stage, recipient):
    """Its line of `mailctl queue list`, once it has been tried."""
    def look():
        return [line for line in stage.server.queue() if line["recipient"] == recipient and line["attempts"]]
    return stage.server.until(look, 30, f"attempt for {recipient}")[0]


def test_deferred_mail_is_tried_again(stage):
    to = "anna@later.example"
    token = stage.server.post(to, sender=account(SENDER))
    assert "come back later" in stage.server.wait_until_waiting(to)

    def tried_again():
        stage.server.flush()
        return stage.sinks["mx.later.example"].of(token)
    stage.server.until(tried_again, 30, "attempt that is taken")
    stage.server.until(lambda: to not in stage.server.waiting(), 20, "an empty queue")
    assert len(stage.sinks["mx.later.example"].of(token)) == 1


def test_a_connection_that_ends_defers(stage):
    for domain in ("hanging.example", "ending.example"):
        stage.server.post(f"anna@{domain}", sender=account(SENDER))
        assert stage.server.wait_until_waiting(f"anna@{domain}")


def test_each_recipient_for_himself(stage):
    people = [f"{name}@partly.example" for name in ("one", "two", "three")]
    token = mail.new_token()
    stage.server.send(account(SENDER), people, mail.compose(token, sender=account(SENDER), to="a:;"))
    got, = stage.sinks["mx.partly.example"].wait_for(token)
    assert got.recipient == "one@partly.example"
    fields = stage.server.wait_for_report(SENDER, token).of("three@partly.example")
    assert fields["action"] == "failed", fields
    stage.server.until(lambda: set(people) & set(stage.server.waiting()) == {people[1]}, 20, "only the second one in the queue")


def test_loops_are_cut(stage):
    """RFC 5321 §6.3: a message that has come by too many times is refused or bounces."""
    token = mail.new_token()
    hop = "Received: from a.example by b.example with ESMTP id {};\r\n\tSun, 29 Nov 2026 10:00:00 +0000\r\n"
    trace = "".join(hop.format(number) for number in range(110))
    data = trace.encode() + mail.compose(token, sender=account(SENDER), to="anna@partly.example")
    try:
        stage.server.send(account(SENDER), "loop@partly.example", data)
    except smtplib.SMTPResponseException as error:
        assert error.smtp_code // 100 == 5, error
        return
    fields = stage.server.wait_for_report(SENDER, token).of("loop@partly.example")
    assert fields["status"] == "5.4.6", fields


@marked("ours")
def test_the_list_says_what_waits_and_why(stage):
    stage.server.post("anna@listed.example", sender=account(SENDER))
    line = entry(stage, "anna@listed.example")
    assert line["sender"] == account(SENDER) and "not now" in line["last_error"] and line["state"] == "waiting", line
    assert line["next_attempt_at"] and line["size_bytes"] > 300, line
    shown = stage.server.mailctl("queue", "show", str(line["queue_id"]))
    assert "anna@listed.example" in shown and "not now" in shown, shown


@marked("ours")
def test_held_mail_waits_until_it_is_released(stage):
    to, sink = "anna@held.example", stage.sinks["mx.held.example"]
    token = stage.server.post(to, sender=account(SENDER))
    number = str(entry(stage, to)["queue_id"])

    def held():
        """What is being tried at this moment, as when another case flushes the queue, cannot be held (exit 75)."""
        stage.server.mailctl("queue", "hold", number, ok=(0, 75))
        return [line["state"] for line in stage.server.queue() if line["recipient"] == to] == ["held"]
    stage.server.until(held, 20, "held mail")
    sink.manners.replies.clear()
    stage.server.flush()
    time.sleep(QUIET_SECONDS)
    assert not sink.of(token), "held mail went out"
    stage.server.mailctl("queue", "release", number)
    stage.server.mailctl("queue", "retry", number)
    sink.wait_for(token)


@marked("ours")
def test_removed_mail_is_gone(stage):
    to, sink = "anna@removed.example", stage.sinks["mx.removed.example"]
    token = stage.server.post(to, sender=account(SENDER))
    stage.server.mailctl("queue", "remove", str(entry(stage, to)["queue_id"]), "--yes")
    assert to not in stage.server.waiting()
    sink.manners.replies.clear()
    stage.server.flush()
    time.sleep(QUIET_SECONDS)
    assert not sink.of(token), "removed mail went out"


@marked("ours")
def test_the_trail_tells_the_story(stage):
    token = stage.server.post("four@partly.example", sender=account(SENDER))
    stage.sinks["mx.partly.example"].wait_for(token)

    def story():
        text = stage.server.mailctl("trace", "--message-id", f"{token}@sending.example", ok=(0, 1))
        return text if "4711" in text else ""
    text = stage.server.until(story, 20, "the next hop's answer in the trail")
    assert "four@partly.example" in text and "mx.partly.example" in text, text
