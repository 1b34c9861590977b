"""Nothing acknowledged is lost, whoever is killed and wherever the network breaks; both ends keep books."""
import itertools
import random
import time

from books import Books, Judgement, Load, bounces, settle
from cutter import Cutter
from mail import Received, compose
from marks import marked
from server import account
from posthus import UNLIMITED
from sink import CARRY_ON, Manners, Sink

SENDER, SESSIONS = 1, 10
# Recipients whose message has been sent, but not its answer, at the moment when somebody dies: each may come twice.
MOST_OPEN = 40
SEED = random.randrange(1 << 31)
NUMBERS = itertools.count()


def prepare(stage):
    stage.new_sink("even.example", Manners(replies={"RCPT": moods}))
    stage.new_sink("odd.example", Manners(replies={"RCPT": moods}))
    stage.new_sink("steady.example")
    behind = Sink("mx.cut.example", stage.new_address(), port=2500)
    address = stage.new_address()
    stage.sinks["mx.cut.example"] = behind
    stage.names.host("mx.cut.example", address)
    stage.names.mail("cut.example", "mx.cut.example")
    stage.cutter = Cutter(address, (behind.address, behind.port), SEED)
    # A server of its own: the others' shall not suffer.
    stage.new_server("ledger", settings=['relay.first_retry="1s"', 'relay.longest_retry="2s"', *UNLIMITED])


def moods(dialogue, line):
    """Some are refused, some are put off at times: by their names."""
    if "refused" in line:
        return "550 5.1.1 no"
    return "450 4.2.0 not now" if "moody" in line and time.monotonic_ns() % 3 == 0 else CARRY_ON


def choose(dice):
    """Nobody twice, so that a recipient in the queue tells which message it is."""
    return [f"{dice.choice(('anna', 'bo', 'moody', 'refused'))}{next(NUMBERS)}@{dice.choice(('even', 'odd'))}.example"
            for _ in range(dice.choice((1, 1, 1, 2, 5)))]


def choose_the_cutter(dice):
    return [f"r{next(NUMBERS)}@cut.example" for _ in range(dice.choice((1, 1, 3)))]


def run(stage, server, seconds, choose, sinks, hurt=lambda dice: None, sessions=SESSIONS, calm=lambda: None):
    """Load for so long, hurt meanwhile, then calm until nothing waits; the judgement and how often it was hurt."""
    books, dice, hurts = Books(), random.Random(SEED), 0
    load, end = Load(server, books, sessions, choose, account(SENDER), SEED), time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(dice.uniform(0.2, 1.5))
        hurts += hurt(dice) is not None
    load.stop()
    calm()
    settle(server)
    whose = {recipient: token for token, recipients in books.tried.items() for recipient in recipients}
    delivered = [each for name in sinks for each in stage.sinks[name].received if each.token in books.tried]
    waiting = {(whose[to], to) for to in server.waiting() if to in whose}
    return Judgement(books, delivered, bounces(server, SENDER), waiting), hurts


def judge(judgement, most_duplicates, name):
    print(f"ledger: {name}, seed {SEED}: {judgement.words()}", flush=True)
    assert len(judgement.books.acknowledged) > 50, "the load is no load"
    assert not judgement.lost, judgement.lost[:5]
    assert not judgement.both, f"delivered and bounced: {judgement.both[:5]}"
    assert judgement.duplicates <= most_duplicates, list(judgement.doubled.items())[:5]


SINKS = ("mx.even.example", "mx.odd.example")


@marked("alone")
def test_without_faults_nothing_is_doubled(stage):
    judgement, _ = run(stage, stage.ledger, 3, choose, SINKS)
    judge(judgement, 0, "no faults")
    assert not judgement.waiting, judgement.waiting


def test_the_books_find_a_loss_and_a_double(stage):
    """The control: a harness that finds nothing would be worth nothing."""
    books = Books()
    token = books.begin(["anna@even.example", "bo@even.example"])
    books.acknowledge(token)
    got = Received("x@example.test", "anna@even.example", compose(token))
    judgement = Judgement(books, [got, got], set(), set())
    assert judgement.lost == [(token, "bo@even.example")] and judgement.duplicates == 1


@marked("alone")
def test_a_network_that_cuts(stage):
    """A message whose end was cut may have come: then once more for each cut, and never lost."""
    cutter = stage.cutter
    cutter.is_cutting = True
    judgement, _ = run(stage, stage.ledger, 5, choose_the_cutter, ["mx.cut.example"], sessions=2, calm=cutter.stop_cutting)
    judge(judgement, MOST_OPEN * cutter.cuts, f"{cutter.cuts} cuts")
    assert cutter.cuts > 5, cutter.cuts


@marked("ours", "alone")
def test_kill_9(stage):
    kills(stage, 12)


@marked("ours", "alone", "slow")
def test_kill_9_for_long(stage):
    for _ in range(10):
        kills(stage, 60)


def kills(stage, seconds):
    server = stage.ledger
    judgement, count = run(stage, server, seconds, choose, SINKS, server.hurt)
    judge(judgement, MOST_OPEN * count, f"{count} kills")
    assert count > 3, count
