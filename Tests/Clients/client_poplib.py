import poplib

import messages
from support import seed, tls
from testbed import PASSWORD, Testbed

ACCOUNT = 3


def connect(bed, number=ACCOUNT):
    pop = poplib.POP3_SSL("localhost", bed.ports["pop3s"], context=tls(bed))
    pop.user(Testbed.address(number))
    pop.pass_(PASSWORD)
    return pop


def retrieve(pop, number):
    _, lines, octets = pop.retr(number)
    return b"".join(line + b"\r\n" for line in lines), octets


def test_reads_every_kind_back(bed):
    sent = [seed(bed, ACCOUNT, make)[1] for make in messages.KINDS]
    pop = connect(bed)
    count, total = pop.stat()
    assert count == len(sent), count
    sizes = [int(line.split()[1]) for line in pop.list()[1]]
    assert sum(sizes) == total
    for number, original in enumerate(sent, 1):
        received, _ = retrieve(pop, number)
        assert messages.same(original, received), number
        assert len(received) == sizes[number - 1], (number, len(received), sizes)
    _, top, _ = pop.top(1, 1)
    assert b"Hello," in top and b"this is a plain message." not in top
    pop.quit()


def test_uidl_is_stable_and_quit_deletes(bed):
    seed(bed, 4, messages.plain)
    seed(bed, 4, messages.dots)
    pop = connect(bed, 4)
    before = pop.uidl()[1]
    pop.dele(1)
    pop.close()  # no QUIT: nothing may be deleted (RFC 1939 §6)
    pop = connect(bed, 4)
    assert pop.uidl()[1] == before
    pop.dele(1)
    pop.quit()
    pop = connect(bed, 4)
    assert [line.split()[1] for line in pop.uidl()[1]] == [before[1].split()[1]]
    pop.quit()


def test_wrong_password_is_refused(bed):
    pop = poplib.POP3_SSL("localhost", bed.ports["pop3s"], context=tls(bed))
    pop.user(Testbed.address(38))
    try:
        pop.pass_("wrong")
        raise SystemExit("logged in with a wrong password")
    except poplib.error_proto as error:
        assert b"[AUTH]" in error.args[0], error
    finally:
        pop.close()


def test_stls_on_the_clear_port(bed):
    pop = poplib.POP3("localhost", bed.ports["pop3"])
    assert "USER" not in pop.capa(), pop.capa()
    pop.stls(tls(bed))
    pop.user(Testbed.address(ACCOUNT))
    pop.pass_(PASSWORD)
    pop.quit()
