import mutt_family

SENDER, ACCOUNT = 22, 23


def test_sends_and_files_a_copy_in_sent(bed):
    mutt_family.is_filed(bed, SENDER, mutt_family.sends("mutt", bed, SENDER, ACCOUNT))


def test_reads_flags_moves_and_deletes(bed):
    mutt_family.reads_flags_moves_and_deletes("mutt", bed, ACCOUNT)


def test_opens_and_files_from_a_shared_mailbox(bed):
    mutt_family.files_from_a_shared_mailbox("mutt", bed, SENDER, ACCOUNT)
