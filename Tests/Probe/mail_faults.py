"""What goes wrong at the login, in the mailbox and when sending: the words of our server and those of others."""
import base64

from behaviour import PASSWORD, PORTS, USER

PLAIN = base64.b64encode(f"\0{USER}@auth-failed-repeated-submission.example\0{PASSWORD}".encode()).decode()
LOCKED = {"imap": "NO [UNAVAILABLE] Too many failed logins: try again in 300 seconds",
          "pop3": "-ERR [SYS/TEMP] Too many failures, wait 300 seconds",
          "smtp": "454 4.7.0 Too many failures, wait 300 seconds"}
SUSPENDED = {"imap": "NO [AUTHORIZATIONFAILED] The account is suspended: ask your administrator",
             "pop3": "-ERR [AUTH] This account is disabled", "smtp": "525 5.7.13 This account is disabled"}
NO_PASSWORD = {"imap": "NO [EXPIRED] No mail password has been set: set one in the portal",
               "pop3": "-ERR [AUTH] No mail password has been set: set one in the portal",
               "smtp": "534 5.7.12 No mail password has been set: set one in the portal"}
SWITCHED_OFF = {"imap": "NO [CONTACTADMIN] IMAP is switched off for this account; ask Physics office",
                "pop3": "-ERR [AUTH] POP is switched off for this account; ask Physics office",
                "smtp": "535 5.7.1 This app password is for imap only; ask Physics office"}
# What Dovecot 2.3 says of too many connections (mail_max_userip_connections), and what ours does.
CROWDED = {"imap": "NO [LIMIT] Too many connections of this account: close some",
           "pop3": "-ERR [IN-USE] Too many connections of this account: close some"}
CROWDED_DOVECOT = {"imap": "NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded "
                           "(mail_max_userip_connections=10)"}
NOT_NOW = {"imap": "NO [UNAVAILABLE] Logins do not work now: try again later",
           "pop3": "-ERR [SYS/TEMP] Logging in is not possible now", "smtp": "454 4.7.0 Logging in is not possible now"}


def behaving(**how):
    return lambda fixture: fixture.mail(*PORTS, **how)


def answering(answers):
    return behaving(login=answers)


def offering(*mechanisms):
    return behaving(mechanisms=mechanisms, takes_plain_login=False)


def short_name(fixture):
    """Accounts are called by their name alone."""
    fixture.mail(*PORTS, user_names=(USER,))


FAULTS = {
    "greeting-of-lines": behaving(banner_lines=("Only for mail of ours.", "No advertisements.")),
    "auth-before-tls": behaving(auth_before_tls=True),
    "auth-missing": behaving(mechanisms=(), takes_plain_login=False),
    "auth-strange": offering("GSSAPI", "NTLM"),
    "auth-encrypted-too": behaving(mechanisms=("PLAIN", "LOGIN", "CRAM-MD5")),
    "auth-only-login": offering("LOGIN"),
    "password-wrong": answering({"imap": "NO [AUTHENTICATIONFAILED] Name or password is wrong",
                                 "pop3": "-ERR [AUTH] Wrong name or password", "smtp": "535 5.7.8 Wrong name or password"}),
    # What some servers do: the password stands in their answer, as it came or coded.
    "password-repeated": answering({"imap": f"NO [AUTHENTICATIONFAILED] {PASSWORD} is not the password",
                                    "pop3": f"-ERR [AUTH] not {base64.b64encode(PASSWORD.encode()).decode()}",
                                    "smtp": f"535 5.7.8 AUTH PLAIN {PLAIN} failed"}),
    "account-locked": answering(LOCKED),
    "account-suspended": answering(SUSPENDED),
    "account-without-password": answering(NO_PASSWORD),
    "protocol-off": answering(SWITCHED_OFF),
    "logins-down": answering(NOT_NOW),
    "account-crowded": answering(CROWDED),
    "account-crowded-dovecot": answering(CROWDED_DOVECOT),
    "short-name": short_name,
    "list-missing": behaving(lists=False),
    "prefix-needed": behaving(prefix="INBOX.", separator="."),
    "special-use-missing": behaving(special_use=False),
    "quota-full": behaving(quota=(488_281, 488_281)),
    "quota-over": behaving(quota=(501_000, 488_281)),
    "quota-missing": behaving(quota=None),
    "no-login-on-25": behaving(takes_login_on_25=False),
    "open-relay": behaving(relays=True),
    "greylisting": behaving(recipient="450 4.7.1 Greylisted, see you again in 300 seconds"),
    "greylisting-451": behaving(recipient="451 4.7.1 Greylisting in action, please come back later"),
    "recipient-full": behaving(recipient="452 4.2.2 The mailbox is full, try again later"),
    "recipient-blocked": behaving(recipient="554 5.7.1 Service unavailable; client host blocked using zen.spamhaus.org"),
    "recipient-unknown": behaving(recipient="550 5.1.1 No such user here"),
    "sender-refused": behaving(sender="553 5.7.1 This sender address is not yours"),
    "size-small": behaving(size=1_000_000),
    "size-unknown": behaving(size=None),
}
