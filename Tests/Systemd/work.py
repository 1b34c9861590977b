"""What clients do all day, in a few seconds: deliver, submit, read, search, POP3."""
import imaplib
import poplib
import smtplib
import time

from bed import insecure

CYRILLIC = "письмо"
TEXT = (b"Subject: =?koi8-r?B?0MnT2M3P?=\r\nFrom: a@example.org\r\nTo: u00001@example.test\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + CYRILLIC.encode("koi8-r") + b"\r\n")


def address(number):
    return f"u{number:05d}@example.test"


def deliver(bed, size=0):
    with smtplib.SMTP("127.0.0.1", bed.ports["smtp"], timeout=60) as smtp:
        smtp.sendmail("a@example.org", [address(1)], TEXT + (b"x" * 70 + b"\r\n") * (size // 72))


def submit(bed):
    with smtplib.SMTP_SSL("127.0.0.1", bed.ports["submissions"], timeout=60, context=insecure()) as smtp:
        smtp.login(address(2), bed.password)
        smtp.sendmail(address(2), [address(1)], TEXT)


def log_in(bed, number=1):
    imap = imaplib.IMAP4_SSL("127.0.0.1", bed.ports["imaps"], timeout=60, ssl_context=insecure())
    imap.login(address(number), bed.password)
    return imap


def everything_a_client_does(bed):
    deliver(bed)
    deliver(bed, size=600_000)  # through the spool
    submit(bed)
    imap = log_in(bed)
    for _ in range(100):
        imap.select("INBOX")
        # Headers and bodies in KOI8-R, the question in ISO-8859-5: iconv's modules in both directions.
        imap.literal = CYRILLIC.encode("iso-8859-5")
        found = imap.search("ISO-8859-5", "TEXT")
        if found[0] == "OK" and len(found[1][0].split()) >= 3:
            break
        time.sleep(0.1)
    assert found[0] == "OK" and len(found[1][0].split()) >= 3, found
    assert imap.fetch("1:*", "(ENVELOPE BODYSTRUCTURE BODY.PEEK[])")[0] == "OK"
    assert imap.append("INBOX", "", None, TEXT + b"y" * 600_000)[0] == "OK"
    assert imap.create("Kept")[0] in ("OK", "NO")
    assert imap.copy("1", "Kept")[0] == "OK"
    imap.logout()
    pop = poplib.POP3_SSL("127.0.0.1", bed.ports["pop3s"], timeout=60, context=insecure())
    pop.user(address(1))
    pop.pass_(bed.password)
    pop.retr(1)
    pop.quit()
