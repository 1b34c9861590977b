"""People who are away: each sender gets one answer, which nobody answers again."""
import time

import dkim

import mail
from case_signing import records
from keys import lookup
from marks import marked
from server import account
from stage import OUTSIDE

AWAY, FIRST, SECOND, QUIET, BACK = range(31, 36)
QUIET_SECONDS = 3
# What workers know of the directory is believed for a second.
SECONDS_OF_BELIEF = 1.5
TEXT = "Jag är borta till på måndag.\nWrite to bo.\n"


def prepare(stage):
    stage.new_sink("writers.example")


def away(stage, number, *options):
    stage.server.mailctl("vacation", "set", account(number), "--text-file", "-", *options, input=TEXT)
    time.sleep(SECONDS_OF_BELIEF)


def write(stage, number, sender, extra="", to=None):
    token = mail.new_token()
    stage.server.send(sender, account(number), mail.compose(token, sender=sender, to=to or account(number), extra=extra), source=OUTSIDE)
    stage.server.wait_for(number, token)
    return token


def answers(stage, sender):
    return [got for got in stage.sinks["mx.writers.example"].received if got.recipient == sender]


def wait_for_answer(stage, sender, count=1):
    stage.server.until(lambda: len(answers(stage, sender)) >= count, 40, f"answer to {sender}")
    return answers(stage, sender)[count - 1]


@marked("ours")
def test_the_answer(stage):
    """What another server gets: no sender, the thread, the words that keep others from answering, and our signature."""
    known, sender = records(stage), "eva@writers.example"
    away(stage, AWAY, "--subject", "Borta")
    token = write(stage, AWAY, sender, extra="References: <one@writers.example>\r\n")
    got = wait_for_answer(stage, sender)
    assert got.sender == "" and not got.data.startswith(b"Return-Path"), got
    message = got.message
    assert message["subject"] == "Borta" and message["to"] == sender and message["from"].endswith(account(AWAY)), got.data
    assert message["auto-submitted"] == "auto-replied", got.data
    assert message["in-reply-to"] == f"<{token}@sending.example>", got.data
    assert message["references"].split() == ["<one@writers.example>", f"<{token}@sending.example>"], got.data
    assert mail.text_of(got.data) == TEXT, got.data
    assert dkim.verify(got.data, dnsfunc=lookup(known)), got.data


@marked("ours")
def test_once_a_sender(stage):
    sender, other = "often@writers.example", "rarely@writers.example"
    away(stage, AWAY, "--subject", "Borta")
    for _ in range(3):
        write(stage, AWAY, sender)
    write(stage, AWAY, other)
    wait_for_answer(stage, other)
    time.sleep(QUIET_SECONDS)
    assert len(answers(stage, sender)) == 1, answers(stage, sender)


@marked("ours")
def test_lists_programs_and_blind_copies_get_none(stage):
    away(stage, QUIET)
    cases = {"list": "List-Id: <l.writers.example>\r\n", "bulk": "Precedence: bulk\r\n", "auto": "Auto-Submitted: auto-generated\r\n",
             "reply": "Auto-Submitted: auto-replied\r\n", "owner-l": "", "no-reply": "", "l-request": ""}
    for name, extra in cases.items():
        write(stage, QUIET, f"{name}@writers.example", extra)
    write(stage, QUIET, "blind@writers.example", to="others@writers.example")
    write(stage, QUIET, "person@writers.example")
    wait_for_answer(stage, "person@writers.example")
    time.sleep(QUIET_SECONDS)
    for name in [*cases, "blind"]:
        assert not answers(stage, f"{name}@writers.example"), name


@marked("ours")
def test_two_who_are_away(stage):
    """One writes to the other: one answer, and nothing more."""
    for number in (FIRST, SECOND):
        away(stage, number)
    token = mail.new_token()
    stage.server.submit(FIRST, account(SECOND), mail.compose(token, sender=account(FIRST), to=account(SECOND)))
    stage.server.wait_for(SECOND, token)

    def replies(number):
        return [message for message in stage.server.inbox(number) if mail.header(message, b"auto-submitted") == b"auto-replied"]

    stage.server.until(lambda: replies(FIRST), 30, "the answer")
    time.sleep(QUIET_SECONDS)
    assert len(replies(FIRST)) == 1 and not replies(SECOND)
    assert mail.header(replies(FIRST)[0], b"in-reply-to") == f"<{token}@sending.example>".encode()


@marked("ours")
def test_who_comes_back_is_heard(stage):
    """Switched off, nobody is answered; with another text, everybody again."""
    sender = "patient@writers.example"
    away(stage, BACK, "--subject", "Borta")
    write(stage, BACK, sender)
    wait_for_answer(stage, sender)
    stage.server.mailctl("vacation", "set", account(BACK), "--text", "Something else")
    time.sleep(SECONDS_OF_BELIEF)
    write(stage, BACK, sender)
    wait_for_answer(stage, sender, 2)
    stage.server.mailctl("vacation", "unset", account(BACK))
    time.sleep(SECONDS_OF_BELIEF)
    write(stage, BACK, "late@writers.example")
    time.sleep(QUIET_SECONDS)
    assert not answers(stage, "late@writers.example")
