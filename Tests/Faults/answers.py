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


class Answers:
    """Each method makes a call and judges what came back."""

    clean_no = re.compile(r"\[(UNAVAILABLE|INUSE)\]")
    clean_err = re.compile(r"-ERR \[(SYS/TEMP|IN-USE)\]")
    clean_exits = (74, 75)  # input/output, try again

    def smtp(self, call):
        try:
            refused = call()
        except smtplib.SMTPRecipientsRefused as error:
            return self._temporary({code for code, _ in error.recipients.values()}, error)
        except smtplib.SMTPResponseException as error:
            return self._temporary({error.smtp_code}, error)
        except (smtplib.SMTPException, OSError) as error:
            raise Unclean(f"SMTP: {error!r}") from error
        if refused:
            raise Unclean(f"SMTP: some recipients refused: {refused}")
        return Answer.DONE

    @staticmethod
    def _temporary(codes, error):
        if not all(400 <= code < 500 for code in codes):
            raise Unclean(f"SMTP: {error!r}")
        return Answer.REFUSED

    def imap(self, call):
        """`call` does one command of imaplib."""
        try:
            status, data = call()
        except imaplib.IMAP4.abort as error:
            raise Unclean(f"IMAP: {error!r}") from error
        except imaplib.IMAP4.error as error:
            status, data = "NO", [str(error).encode()]  # LOGIN and SELECT raise on NO, everything does on BAD
        except OSError as error:
            raise Unclean(f"IMAP: {error!r}") from error
        if status == "OK":
            return Answer.DONE
        if not self.clean_no.search(str(data)):
            raise Unclean(f"IMAP: {status} {data}")
        return Answer.REFUSED

    def pop3(self, call):
        try:
            call()
        except poplib.error_proto as error:
            if not self.clean_err.search(str(error)):
                raise Unclean(f"POP3: {error!r}") from error
            return Answer.REFUSED
        except OSError as error:
            raise Unclean(f"POP3: {error!r}") from error
        return Answer.DONE

    def tool(self, process):
        if process.returncode == 0:
            return Answer.DONE
        if process.returncode not in self.clean_exits:
            raise Unclean(f"{process.args}: exit {process.returncode}: {process.stderr}")
        return Answer.REFUSED
