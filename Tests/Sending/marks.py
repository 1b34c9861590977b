"""What the runner has to know about a test."""


def marked(*marks):
    """`ours`: of our server only; `slow`: not in every run; `alone`: beside no other test; `long`: begins
    before the others."""
    def mark(test):
        test.marks = marks
        return test
    return mark
