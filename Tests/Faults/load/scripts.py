"""What the crowds do (crowd/script.c tells the language): idle and active IMAP, SMTP, the slow of every kind, the new."""
import base64

ACTIVE_FIRST = 101  # accounts of the active; the first hundred are the probes' and the slow clients'
SLOW_ACCOUNT, PROBE_ACCOUNT = "u00001@example.test", "u00002@example.test"
LOGIN = "expect * OK\nsend a LOGIN %u@example.test secret\nexpect a OK\nsend b SELECT INBOX\nexpect b OK\n"
PLAIN = base64.b64encode(f"\0{PROBE_ACCOUNT}\0secret".encode()).decode()
MESSAGE = f"raw From: {PROBE_ACCOUNT}\\r\\nSubject: load\\r\\n\\r\\n\nbody 2\nraw .\\r\\n\n"
HELLO = "\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xfc\\x03\\x03"  # the beginning of a ClientHello
DRIP = 1_000  # milliseconds between two bytes


def group(name, script, **keys):
    return f"group {name} {' '.join(f'{key}={value}' for key, value in keys.items())}\n{script}\n"


def idle(ports, count, rate):
    script = LOGIN + ("send c IDLE\nexpect +\nready\nhold\nraw DONE\\r\\n\nexpect c OK\nsend d NOOP\nexpect d OK\n"
                      "send e LOGOUT\nexpect * BYE\nexpect e OK\ndone")
    return group("idle", script, count=count, port=ports["imaps"], tls=1, rate=rate, accounts=count)


def active(ports, count):
    noop = "pause 200 1200\nclock noop\nsend n NOOP\nexpect n OK\nstop noop\n"
    append = "send p APPEND INBOX {17+}\nraw Subject: load\\r\\n\\r\\n\\r\\n\nexpect p OK\n"
    script = (LOGIN + "ready\nloop\n" + noop + "send f FETCH 1:* (UID FLAGS)\nexpect f OK\n" + noop + append + noop
              + "send s STORE 1 +FLAGS (\\\\Seen)\nexpect s OK\n" + noop
              + "send q UID SEARCH UNSEEN\nexpect q OK\nagain\nsend e LOGOUT\nexpect * BYE\nexpect e OK\ndone")
    return group("active", script.replace("\\\\Seen", "\\x5cSeen"), count=count,
                 port=ports["imaps"], tls=1, rate=100, accounts=count, first=ACTIVE_FIRST)


def smtp(ports, count, first="smtp"):
    """One message in some ten seconds on each connection: in plain text, after STARTTLS and AUTH, and on TLS from the start."""
    message = ("expect 250 \nready\nloop\npause 5000 15000\nclock message\nsend MAIL FROM:<%u@example.test>\nexpect 250 \n"
               "send RCPT TO:<%u@example.test>\nexpect 250 \nsend DATA\nexpect 354 \n" + MESSAGE + "expect 250 \n"
               "stop message\nagain\nsend QUIT\nexpect 221 \ndone")
    hello = "expect 220 \nsend EHLO load.example\n"
    auth = f"expect 250 \nsend AUTH PLAIN {PLAIN}\nexpect 235 \nsend NOOP\n"
    own = message.replace("FROM:<%u@example.test>", f"FROM:<{PROBE_ACCOUNT}>")
    tls = hello + "expect 250 \nsend STARTTLS\nexpect 220 \ntls\nsend EHLO load.example\n" + auth + own
    rest = count // 5
    return (group("smtp", hello + message, count=count - 2 * rest, port=ports["smtp"], rate=200, accounts=1000)
            + group("submission", tls, count=rest, port=ports["submission"], rate=50, accounts=1000)
            + group("submissions", hello + auth + own, count=rest, port=ports["submissions"], tls=1, rate=50, accounts=1000))


def slow(ports, count):
    """Bytes that drip, nothing at all, and never reading, before and within TLS; whoever is thrown out comes again."""
    hello = "expect 220 \nsend EHLO a\nexpect 250 \n"
    data = hello + f"send MAIL FROM:<>\nexpect 250 \nsend RCPT TO:<{SLOW_ACCOUNT}>\nexpect 250 \n"
    login = LOGIN.replace("%u@example.test", SLOW_ACCOUNT)
    pop = f"expect +OK\nsend USER {SLOW_ACCOUNT}\nexpect +OK\nsend PASS secret\nexpect +OK\n"
    ask = "send r RETR 1\n" * 3
    kinds = [
        ("smtp", 0, f"expect 220 \ndrip {DRIP} EHLO clien"), ("smtp", 0, data + f"send DATA\nexpect 354 \ndrip {DRIP} Subject: s"),
        ("smtp", 0, data + f"send BDAT 100000 LAST\ndrip {DRIP} x"), ("smtp", 0, "drip 600000 x"),
        ("submission", 0, f"expect 220 \ndrip {DRIP} EHLO clien"), ("submissions", 0, f"drip {DRIP} {HELLO}"),
        ("submissions", 1, f"expect 220 \ndrip {DRIP} EHLO clien"), ("imap", 0, f"expect * OK\ndrip {DRIP} a CAPABILIT"),
        ("imap", 0, "drip 600000 x"), ("imaps", 0, f"drip {DRIP} {HELLO}"), ("imaps", 0, "drip 600000 \\x16"),
        ("imaps", 1, f"expect * OK\nsend a AUTHENTICATE PLAIN\nexpect +\ndrip {DRIP} AA"),
        ("imaps", 1, login + "send d FETCH 1:* (BODY.PEEK[])\ndeaf"), ("imaps", 1, login + f"drip {DRIP} e NOO"),
        ("pop3", 0, f"expect +OK\ndrip {DRIP} USER u0"), ("pop3s", 0, f"drip {DRIP} {HELLO}"),
        ("pop3s", 1, pop + ask.replace("r RETR", "RETR") + "deaf"), ("pop3s", 1, pop + f"drip {DRIP} NOO"),
    ]
    return "".join(group(f"slow{i}-{port}", script, count=(count + i) // len(kinds), port=ports[port], tls=tls, rate=30,
                         reopen=500) for i, (port, tls, script) in enumerate(kinds))


def new(ports):
    """Whoever comes now: each session is timed from its connect to its last reply."""
    smtp_one = (f"expect 220 \nsend EHLO new.example\nexpect 250 \nsend MAIL FROM:<a@b.example>\nexpect 250 \n"
                f"send RCPT TO:<{PROBE_ACCOUNT}>\nexpect 250 \nsend DATA\nexpect 354 \n{MESSAGE}expect 250 \ndone")
    imap_one = LOGIN.replace("%u@example.test", PROBE_ACCOUNT) + "done"
    pop_one = f"expect +OK\nsend USER {PROBE_ACCOUNT}\nexpect +OK\nsend PASS secret\nexpect +OK\ndone"
    return (group("new-smtp", smtp_one, count=1, port=ports["smtp"], reopen=300)
            + group("new-imap", imap_one, count=1, port=ports["imaps"], tls=1, reopen=300)
            + group("new-pop3", pop_one, count=1, port=ports["pop3s"], tls=1, reopen=300))
