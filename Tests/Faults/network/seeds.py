"""Thousands of bad networks: Tests/Faults/run networks. Each seed is one account's sessions, and can be run alone."""
import asyncio
import ssl
import tempfile

from network import trial as trials
from testbed import PASSWORD, Testbed
from watch import Watch

HANDSHAKE, BEFORE_LOGIN = 10, 10  # seconds, the server's; the relay's own patience is longer
BACK = BEFORE_LOGIN + 10
MEMORY = 96 << 20  # what may be kept after thousands of accounts were open: no more than 20 KB for each
WIDTH = 48  # at a time
BATCH = 500  # seeds, after which the server must be at rest again
WARM = 14  # two seeds of each service, so that what is loaded once is loaded before memory is measured


def run(count, seed):
    with tempfile.TemporaryDirectory(prefix="posthus-network-") as folder:
        bed = Testbed(folder, "--accounts", str(count + WARM), "--set", f"limits.handshake={HANDSHAKE}",
                      "--set", f"limits.idle_before_login={BEFORE_LOGIN}")
        try:
            asyncio.run(all_seeds(bed, count, seed))
        finally:
            bed.stop()


async def all_seeds(bed, count, seed):
    context = ssl.create_default_context(cafile=bed.cafile)
    tried = [trials.Trial(seed + i, Testbed.address(i + 1), bed, context, PASSWORD) for i in range(count + WARM)]
    warm, rest = tried[count:], tried[:count]
    watch = Watch(bed)
    failures = await failed(warm, trials.Trial.run)
    await asyncio.to_thread(watch.is_back, BACK, MEMORY)
    rests = []
    for start in range(0, count, BATCH):
        failures += await failed(rest[start:start + BATCH], trials.Trial.run)
        rests.append(await asyncio.to_thread(watch.is_back, BACK, MEMORY))
        watch.nobody_died()
    now = rests[-1]
    doubles = []
    failures += await failed(tried, trials.Trial.verify, doubles)
    await control(tried)
    report(tried, sum(doubles), watch.base, now, seed)
    assert not failures, f"{len(failures)} of {len(tried)} failed; repeat one with 'networks --seed N --count 1'\n" + "\n".join(
        failures[:10])


async def failed(tried, work, results=None):
    answers = await trials.gather(tried, WIDTH, work)
    if results is not None:
        results += [answer for answer in answers if isinstance(answer, int)]
    wrong = [f"{trial}: {answer!r}" for trial, answer in zip(tried, answers) if isinstance(answer, BaseException)]
    print(*wrong, sep="\n", end="\n" if wrong else "", flush=True)
    return wrong


async def control(tried):
    """A message that was never sent, in a book as if it had been acknowledged: the harness must miss it."""
    one = tried[0]
    one.book.message(300, "INBOX").certain = 1
    try:
        await one.verify()
    except AssertionError as error:
        assert "LOST" in str(error), error
    else:
        raise AssertionError("the harness does not miss what is lost")


def report(tried, doubles, base, now, seed):
    acknowledged = sum(entry.certain for trial in tried for entry in trial.book.entries.values())
    print(f"network: seeds={seed}..{seed + len(tried) - 1} connections={sum(t.connections for t in tried)} "
          f"broken={sum(t.broken for t in tried)} acknowledged={acknowledged} lost=0 dup={doubles} "
          f"resident={now['resident'] >> 20} MB (before: {base['resident'] >> 20}) "
          f"descriptors={now['descriptors']} (before: {base['descriptors']})", flush=True)
