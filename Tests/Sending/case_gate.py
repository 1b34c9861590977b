"""Strangers at the gate: lists of addresses in the DNS, and greylisting."""
import re
import time

import mail
from marks import marked
from server import DOMAIN, account
from stage import TRUSTED

READER = 9
LISTED, REDEEMED, ELSEWHERE, STRANGER = "203.0.118.31", "203.0.118.32", "203.0.118.33", "203.0.118.34"
DELAY = 10


def prepare(stage):
    if stage.is_reference:
        return
    stage.new_server("gated", settings=['filter.blocklists=["bl.lists.example=127.0.0.2-11", "allow:wl.lists.example", "dead.lists.example"]'])
    stage.new_server("greylisted", settings=[
        "filter.greylist=true", f'filter.greylist_delay="{DELAY}s"', 'filter.greylist_exempt=["good.example"]'])
    for name in ("good.example", "lists.good.example", "many.example"):
        stage.names.text(name, f"v=spf1 ip4:203.0.116.0/22 -all")
    for address, zone, answer in ((LISTED, "bl", "127.0.0.4"), (REDEEMED, "bl", "127.0.0.4"), (REDEEMED, "wl", "127.0.0.1"),
                                  (ELSEWHERE, "bl", "127.0.0.12")):
        stage.names.host(".".join(reversed(address.split("."))) + f".{zone}.lists.example", answer)
    stage.names.text(".".join(reversed(LISTED.split("."))) + ".bl.lists.example", "Spam came from here, see https://bl.lists.example/")


def ask(server, source, recipient=None, sender="bo@sender.example"):
    """The answers to MAIL and RCPT."""
    with server.connect(source=source) as session:
        session.ehlo()
        return session.mail(sender), session.rcpt(recipient or account(READER))


@marked("ours")
def test_who_is_listed_is_told_so_and_why(stage):
    taken, (code, text) = ask(stage.gated, LISTED)
    assert taken[0] == 250 and code == 550, (taken, code, text)
    assert re.fullmatch(rb"5\.7\.1 \[203\.0\.118\.31\] is listed by bl\.lists\.example: Spam came from here, see https://bl\.lists\.example/",
                        text), text
    assert ask(stage.gated, LISTED, "nobody@" + DOMAIN)[1][0] == 550
    told = stage.gated.traced("refused", "--recipient", account(READER))
    assert any("listed by bl.lists.example" in line["detail"] and line["sender"] == "bo@sender.example" for line in told), told


@marked("ours")
def test_who_is_listed_can_write_to_the_operator(stage):
    code, text = ask(stage.gated, LISTED, "postmaster@" + DOMAIN)[1]
    assert b"listed" not in text, (code, text)


@marked("ours")
def test_others_get_in(stage):
    for source in (REDEEMED, ELSEWHERE, STRANGER, TRUSTED):
        token = mail.new_token()
        stage.gated.send("bo@sender.example", [account(READER)], mail.compose(token), source=source)
        stage.gated.wait_for(READER, token)


@marked("ours")
def test_strangers_come_twice(stage):
    server = stage.greylisted
    began = time.monotonic()
    code, text = ask(server, STRANGER)[1]
    assert code == 450 and re.match(rb"4\.7\.1 Greylisted, try again in \d+ seconds", text), (code, text)
    assert ask(server, STRANGER)[1][0] == 450
    told = server.traced("refused", "--recipient", account(READER))
    assert any(line["detail"].startswith("450 4.7.1 Greylisted") for line in told), told
    time.sleep(DELAY + 1 - (time.monotonic() - began))
    # From another machine of the same network.
    token = mail.new_token()
    server.send("bo@sender.example", [account(READER)], mail.compose(token), source=ELSEWHERE)
    server.wait_for(READER, token)
    assert ask(server, STRANGER, sender="other@sender.example")[1][0] == 450


@marked("ours")
def test_our_own_do_not_come_twice(stage):
    for send in (lambda data: stage.greylisted.send("bo@sender.example", [account(READER)], data, source=TRUSTED),
                 lambda data: stage.greylisted.submit(1, [account(READER)], data)):
        token = mail.new_token()
        send(mail.compose(token, to=account(READER)))
        stage.greylisted.wait_for(READER, token)
    assert ask(stage.greylisted, STRANGER, sender="")[1][0] == 250


@marked("ours")
def test_who_is_known_as_good_does_not_come_twice(stage):
    server = stage.greylisted
    assert ask(server, STRANGER, sender="bo@good.example")[1][0] == 250
    assert ask(server, STRANGER, sender="bo@lists.good.example")[1][0] == 250
    # The same name from a computer that may not use it.
    assert ask(server, "203.0.113.99", sender="bo@good.example")[1][0] == 450


@marked("ours")
def test_a_sender_with_many_networks_comes_twice_and_not_more(stage):
    server, began = stage.greylisted, time.monotonic()
    assert ask(server, "203.0.116.40", sender="bo@many.example")[1][0] == 450
    time.sleep(DELAY + 1 - (time.monotonic() - began))
    assert ask(server, "203.0.117.40", sender="bo@many.example")[1][0] == 250
