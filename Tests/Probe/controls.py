"""The harness against a probe that does everything wrong: each wrong must be told."""
import pathlib

from rows import NEVER, ONCE, critical

CARELESS = pathlib.Path(__file__).resolve().parent / "careless"
IN_CLEAR, SENT, PRINTED, TWICE = "came to", "a login was sent to", "was printed", "2 logins with"
# What is asked, and what the harness has to say of it.
CASES = [
    (critical("control/clear", "starttls-missing", "imap+tls://{host}", login=NEVER), (IN_CLEAR, PRINTED)),
    (critical("control/expired", "certificate-expired", "imaps://{host}", login=NEVER), (SENT, PRINTED, TWICE)),
    (critical("control/pop3", "certificate-wrong-name", "pop3s://{host}", login=NEVER), (SENT, PRINTED, TWICE)),
    (critical("control/submission", "certificate-self-signed", "submission://{host}", login=NEVER), (SENT, PRINTED, TWICE)),
    (critical("control/twice", "healthy", "--login anna@{domain} --password-file {password} imaps://{host}", login=ONCE),
     (PRINTED, TWICE)),
]


def judge(bench):
    """What the harness missed."""
    for row, expected in CASES:
        problems, _, _ = bench.run(row)
        for words in expected:
            if not any(words in problem for problem in problems):
                yield f"{row.name}: nothing about {words!r}: {problems}"
