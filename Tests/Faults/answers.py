"""What a client may hear when something inside has failed: that it was done, or in clean words that it can be tried again."""
import enum
import imaplib
import poplib
import re
import smtplib


class Answer(enum.Enum):
    DONE = "done"
    REFUSED = "refused"


class Unclean(AssertionError):
    """Neither a success nor a clean temporary failure."""


CLEAN_NO = re.compile(r"\[(UNAVAILABLE|INUSE)\]")
CLEAN_ERR = re.compile(r"-ERR \[(SYS/TEMP|IN-USE)\]")
CLEAN_EXITS = (74, 75)  # input/output, try again


def smtp(call):
    try:
        refused = call()
    except smtplib.SMTPRecipientsRefused as error:
        return _temporary({code for code, _ in error.recipients.values()}, error)
    except smtplib.SMTPResponseException as error:
        return _temporary({error.smtp_code}, error)
    except (smtplib.SMTPException, OSError) as error:
        raise Unclean(f"SMTP: {error!r}") from error
    if refused:
        raise Unclean(f"SMTP: some recipients refused: {refused}")
    return Answer.DONE


def _temporary(codes, error):
    if not all(400 <= code < 500 for code in codes):
        raise Unclean(f"SMTP: {error!r}")
    return Answer.REFUSED


def imap(call):
    """`call` does one command of imaplib; its answer, and the data."""
    try:
        status, data = call()
    except imaplib.IMAP4.abort as error:
        raise Unclean(f"IMAP: {error!r}") from error
    except imaplib.IMAP4.error as error:
        status, data = "NO", [str(error).encode()]  # LOGIN and SELECT raise on NO, everything does on BAD
    except OSError as error:
        raise Unclean(f"IMAP: {error!r}") from error
    if status == "OK":
        return Answer.DONE, data
    if not CLEAN_NO.search(str(data)):
        raise Unclean(f"IMAP: {status} {data}")
    return Answer.REFUSED, data


def pop3(call):
    try:
        call()
    except poplib.error_proto as error:
        if not CLEAN_ERR.search(str(error)):
            raise Unclean(f"POP3: {error!r}") from error
        return Answer.REFUSED
    except OSError as error:
        raise Unclean(f"POP3: {error!r}") from error
    return Answer.DONE


def tool(process):
    if process.returncode == 0:
        return Answer.DONE
    if process.returncode not in CLEAN_EXITS:
        raise Unclean(f"{process.args}: exit {process.returncode}: {process.stderr}")
    return Answer.REFUSED
