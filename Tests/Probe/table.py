"""The table: every row of it, and the judgement on what one came to."""
import re

import encryption_rows
import form_rows
import hostile_rows
import leaks
import mail_rows
import network_rows
import real_rows
import usage_rows
from reading import Output
from rows import ANY, ONCE, OK, USAGE

# One line; perfdata behind the bar, as the monitoring plugins' guidelines have it.
NAGIOS = re.compile(r"MAIL (OK|WARNING|CRITICAL|UNKNOWN) - [^|\n]+( \|( '?[^'= ]+'?=[0-9.]+[a-zA-Z%]*(;[0-9.:]*){0,4})+)?\n")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
MOST_OF_NAGIOS = 200

MODULES = (usage_rows, network_rows, encryption_rows, mail_rows, form_rows, hostile_rows, real_rows)
ROWS = [row for module in MODULES for row in module.ROWS]
assert len({row.domain for row in ROWS}) == len(ROWS), "two rows have one domain"


def judge(row, result, slack=0):
    """What is wrong with one run of a row; nothing when it is as the table says."""
    if row.exit == ANY:
        yield from judge_any(row, result, slack)
        return
    if result.exit != row.exit:
        yield f"ended with {result.exit} instead of {row.exit}"
    if result.seconds > row.deadline + slack:
        yield f"took {result.seconds:.1f} s instead of {row.deadline} s"
    if "Traceback" in result.stderr or "Fatal error" in result.stderr or result.exit < 0:
        yield f"crashed: {result.stderr[-300:]!r}"
    if row.form != "json" and row.fault not in ("", usage_rows.NO_NETWORK):
        yield from judge_text(row, result)
    elif row.root == "":
        yield from judge_words(row, result)
    else:
        yield from judge_checks(row, result)


def judge_any(row, result, slack):
    """It ended by itself and in time, in a form that can be read, and without a word to the terminal."""
    if result.exit not in range(4):
        yield f"ended with {result.exit}: {result.stderr[-300:]!r}"
    if result.seconds > row.deadline + slack:
        yield f"took {result.seconds:.1f} s"
    if row.form == "json":
        yield from Output(result.stdout).problems
    if found := CONTROL.search(result.stdout + result.stderr):
        yield f"a control character was printed: {found[0]!r}"


def judge_words(row, result):
    """A command that ends with one sentence instead of checks."""
    is_usage = row.name.startswith("usage/")
    lines = (result.stdout if row.form == "nagios" else result.stderr).strip().splitlines()
    if len(lines) != 1 and not is_usage:
        yield f"no single sentence: {result.stderr + result.stdout!r}"
    if row.exit == USAGE and result.stdout:
        yield f"a wrong command prints on stdout: {result.stdout!r}"
    said = result.stderr + result.stdout if row.exit != USAGE else result.stderr
    if row.says and result.filled(row.says) not in said:
        yield f"{result.filled(row.says)!r} is not named: {said!r}"


def judge_text(row, result):
    if row.says and result.filled(row.says) not in result.stdout:
        yield f"{result.filled(row.says)!r} does not stand in {result.stdout!r}"
    if row.form == "nagios" and not NAGIOS.fullmatch(result.stdout):
        yield f"no line for Nagios: {result.stdout!r}"
    if row.form == "nagios" and len(result.stdout.partition(" | ")[0]) > MOST_OF_NAGIOS:
        yield f"the text has {len(result.stdout)} characters"


def judge_checks(row, result):
    output = Output(result.stdout)
    yield from output.problems
    root = output.summary.get("root") or ""
    if root != row.expected_root:
        yield f"the root cause is {root!r} instead of {row.expected_root!r}"
    for identity, status in row.named.items():
        if status not in output.statuses(identity):
            yield f"{identity} is {output.statuses(identity) or 'not there'} instead of {status}"
    for identity in row.absent:
        if told := output.statuses(identity):
            yield f"{identity} is {', '.join(sorted(told))}, though nothing is known of it"
    allowed = {row.expected_root, *row.also}
    if others := output.bad - allowed:
        yield f"also bad: {', '.join(sorted(others))}"
    if row.exit == OK and output.bad:
        yield f"ended well over {', '.join(sorted(output.bad))}"


# Whoever shows such a certificate is a stranger.
UNPROVEN = ("tls.cert.expired", "tls.cert.name", "tls.cert.self-signed", "tls.cert.untrusted", "tls.chain.incomplete", "tls.intercepted")


def judge_secrets(row, result, conversations, with_password):
    yield from leaks.of_output(result.stdout, result.stderr)
    yield from leaks.of_conversations(conversations, row.login if with_password else None)
    if (row.expected_root or "").startswith(UNPROVEN):
        yield from leaks.of_whereabouts(conversations)
    if row.login == ONCE and row.exit != ANY and with_password and not sum(leaks.logins(conversations).values()):
        yield "there was no login at all"


def covered():
    """The checks that some row brings about as bad or worth a note."""
    return {row.id for row in ROWS} | {identity for row in ROWS for identity in row.named} | {row.root for row in ROWS}
