"""A delivery status notification (RFC 3464) as Python's email package reads it."""
import dataclasses
import email
import email.policy

import mail


@dataclasses.dataclass
class Report:
    token: str
    about: dict  # of the message (RFC 3464 §2.2), names in small letters
    recipients: dict  # {address: its fields (RFC 3464 §2.3)}
    text: str  # what people read
    original: str  # the returned part's type
    data: bytes

    @staticmethod
    def read(data):
        """None when it is none."""
        message = email.message_from_bytes(data, policy=email.policy.SMTP)
        if message.get_content_type() != "multipart/report" or message.get_param("report-type") != "delivery-status":
            return None
        text, status, original = message.get_payload()
        about, *recipients = blocks(status)
        returned = original.get_payload()
        returned = returned[0].as_bytes() if isinstance(returned, list) else original.get_payload(decode=True)
        return Report(mail.token_of(returned.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")), fields(about),
                      {address(each["Final-Recipient"]): fields(each) for each in recipients}, text.get_content(),
                      original.get_content_type(), data)

    def of(self, recipient):
        """Its fields, with what RFC 3464 §2.3 demands."""
        assert recipient in self.recipients, f"no {recipient} among {list(self.recipients)}"
        found = self.recipients[recipient]
        assert {"action", "status"} <= set(found), found
        return found


def blocks(part):
    """The groups of fields; Python knows nothing of message/global-delivery-status (RFC 6533 §3)."""
    if part.get_content_type() == "message/delivery-status":
        return part.get_payload()
    text = part.as_bytes().replace(b"\r\n", b"\n").split(b"\n\n", 1)[1]
    return [email.message_from_bytes(block, policy=email.policy.SMTPUTF8) for block in text.strip().split(b"\n\n")]


def fields(part):
    return {name.lower(): " ".join(str(value).split()) for name, value in part.items()}


def address(field):
    return str(field).split(";", 1)[1].strip()
