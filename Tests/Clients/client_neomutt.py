import messages
import mutt_family
from support import fetch_all, find, home, seed, token
from terminal import Screen
from testbed import Testbed

SENDER, ACCOUNT = 41, 42


def test_sends_from_a_script(bed):
    # Without a screen neomutt files no copy on a server.
    mutt_family.sends("neomutt", bed, SENDER, ACCOUNT)


def test_sends_and_files_a_copy_in_sent(bed):
    name = token()
    with home({"body": mutt_family.BODY.decode()}) as folder:
        options = "set editor=true\nset edit_headers=yes\nset autoedit=yes\nset abort_unmodified=no\n"
        path = mutt_family.write_settings(bed, folder, SENDER, options)
        with Screen(f"neomutt -F {path} -s {name} -i {folder}/body {Testbed.address(ACCOUNT)}", HOME=folder) as screen:
            screen.wait("Attach")
            screen.type("y")
            screen.wait_end()
    assert mutt_family.decoded(find(fetch_all(bed, ACCOUNT), name)) == mutt_family.BODY
    mutt_family.is_filed(bed, SENDER, name)


def test_reads_flags_moves_and_deletes(bed):
    mutt_family.reads_flags_moves_and_deletes("neomutt", bed, ACCOUNT)


def test_is_told_of_mail_while_it_idles_and_shows_decoded_text(bed):
    with home() as folder:
        options = "set imap_idle=yes\nset imap_keepalive=60\nset timeout=1\nset mail_check=1\nset pager_stop=yes\n"
        path = mutt_family.write_settings(bed, folder, SENDER, options)
        with Screen(f"neomutt -F {path}", HOME=folder) as screen:
            screen.wait("NeoMutt: ")
            name, sent = seed(bed, SENDER, messages.eight_bit)
            screen.wait(name)
            screen.type("End", "Enter")
            screen.wait("Räksmörgås på Göta älv, 東京")
            screen.type("q")
            screen.wait("NeoMutt: ")
            screen.type("q")
            screen.wait_end()
    assert messages.same(sent, find(fetch_all(bed, SENDER), name))
