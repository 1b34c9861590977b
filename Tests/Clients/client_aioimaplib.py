import asyncio
import datetime
import functools
import re
import site

import messages
from support import fetch_all, find, python, search, seed, tls, token
from testbed import PASSWORD, Testbed

ACCOUNT = 49


def asynchronous(test):
    @functools.wraps(test)
    def run(bed):
        asyncio.run(asyncio.wait_for(test(bed), 120))
    return run


async def connect(bed):
    [folder] = python().parents[1].glob("lib/python*/site-packages")
    site.addsitedir(str(folder))
    import aioimaplib

    imap = aioimaplib.IMAP4_SSL("localhost", bed.ports["imaps"], timeout=60, ssl_context=tls(bed))
    await imap.wait_hello_from_server()
    ok(await imap.login(Testbed.address(ACCOUNT), PASSWORD))
    return imap


def ok(response):
    assert response.result == "OK", response
    return [bytes(line) for line in response.lines]


async def uid_of(imap, name):
    [line, *_] = ok(await imap.uid_search("SUBJECT", name))
    [uid] = line.split()
    return uid.decode()


@asynchronous
async def test_appends_eight_bit_and_reads_it_back(bed):
    imap = await connect(bed)
    for make in messages.KINDS:
        name = token()
        sent = make(name, "me@example.test", "you@example.test")
        ok(await imap.append(sent, mailbox="Drafts", flags=r"(\Draft \Flagged)", date=datetime.datetime(2026, 11, 2, 9, 20, 30, tzinfo=datetime.UTC)))
        ok(await imap.select("Drafts"))
        uid = await uid_of(imap, name)
        first, content, *rest = ok(await imap.uid("fetch", uid, "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"))
        assert content == sent, make.__name__
        line = first + b" ".join(rest)
        for part in (rb"\Draft", rb"\Flagged", b'" 2-Nov-2026 09:20:30 +0000"', f"RFC822.SIZE {len(sent)}".encode()):
            assert part in line, (part, line)
    await imap.logout()


async def uid_once_told(imap, name):
    """The other connection may be another worker's, which hears of the change some milliseconds later."""
    async with asyncio.timeout(10):
        while True:
            ok(await imap.noop())
            [line, *_] = ok(await imap.uid_search("SUBJECT", name))
            if found := line.split():
                return found[0].decode()
            await asyncio.sleep(0.01)


@asynchronous
async def test_one_connection_idles_while_the_other_works(bed):
    waiting, working = await connect(bed), await connect(bed)
    ok(await waiting.select("INBOX"))
    ok(await working.select("INBOX"))
    idle = await waiting.idle_start(timeout=110)

    name, _ = await asyncio.to_thread(seed, bed, ACCOUNT, messages.eight_bit)
    count = await pushed(waiting, rb"(\d+) EXISTS")
    uid = await uid_once_told(working, name)
    ok(await working.uid("store", uid, "+FLAGS", r"(\Flagged $Label1)"))
    flags = await pushed(waiting, rb"\d+ FETCH \((.*)\)")
    assert rb"\Flagged" in flags and b"$Label1" in flags and b"UID " + uid.encode() in flags, flags

    ok(await working.uid("store", uid, r"+FLAGS", r"(\Deleted)"))
    ok(await working.expunge())
    assert await pushed(waiting, rb"(\d+) EXPUNGE") == count
    waiting.idle_done()
    await asyncio.wait_for(idle, 60)
    assert not search(bed, ACCOUNT, "SUBJECT", name)
    # The connection that idled is one like any other again.
    ok(await waiting.noop())
    await waiting.logout()
    await working.logout()


async def pushed(imap, pattern):
    while True:
        for line in await imap.wait_server_push(timeout=60):
            if found := re.fullmatch(pattern, bytes(line)):
                return found[1]


@asynchronous
async def test_flags_copy_move_folders(bed):
    name, sent = await asyncio.to_thread(seed, bed, ACCOUNT, messages.dots)
    imap = await connect(bed)
    ok(await imap.enable("CONDSTORE"))
    ok(await imap.select("INBOX"))
    uid = await uid_of(imap, name)
    folder = token()
    ok(await imap.create(folder))
    ok(await imap.subscribe(folder))
    ok(await imap.uid("copy", uid, folder))
    ok(await imap.uid("move", uid, "Archive"))
    assert not search(bed, ACCOUNT, "SUBJECT", name)
    for mailbox in (folder, "Archive"):
        assert messages.same(sent, find(fetch_all(bed, ACCOUNT, mailbox), name)), mailbox
    assert any(folder.encode() in line for line in ok(await imap.lsub('""', "*")))
    assert b"MESSAGES 1" in ok(await imap.status(folder, "(MESSAGES UIDNEXT)"))[0]
    ok(await imap.delete(folder))
    assert (await imap.select(folder)).result == "NO"
    assert any(b"STORAGE" in line for line in ok(await imap.getquotaroot("INBOX")))
    await imap.logout()
