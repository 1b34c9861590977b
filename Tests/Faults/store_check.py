"""Looks into a store at rest: SQLite's own integrity, counters against rows, body files against the rows that name them."""
import os
import sqlite3


def databases(store):
    for folder, _, files in os.walk(store):
        for name in files:
            path = os.path.join(folder, name)
            if not os.path.isfile(path):
                continue  # a socket of a worker that was killed
            with open(path, "rb") as file:
                if file.read(15) == b"SQLite format 3":
                    yield path


def check(store):
    """Raises AssertionError naming the database and what is wrong with it; returns how many were read."""
    count = 0
    for path in databases(store):
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok", path
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "mailbox_message" in tables:
                check_account(connection, path)
        count += 1
    assert count > 0, f"no database below {store}"
    return count


def check_account(connection, path):
    def one(sql, *values):
        return connection.execute(sql, values).fetchone()

    rows = one("SELECT count(*), coalesce(sum(size), 0) FROM mailbox_message")
    state = one("SELECT message_count, bytes_used FROM account_state")
    assert rows == state, f"{path}: counters {state}, rows {rows}"
    for mailbox, total, size in connection.execute("SELECT id, total, bytes FROM mailbox"):
        found = one("SELECT count(*), coalesce(sum(size), 0) FROM mailbox_message WHERE mailbox_id = ?", mailbox)
        assert found == (total, size), f"{path}: mailbox {mailbox} counts {total, size}, has {found}"
    orphans = one("SELECT count(*) FROM mailbox_message WHERE message_id NOT IN (SELECT id FROM message)")
    assert orphans == (0,), f"{path}: rows without message"
    for name, size in connection.execute("SELECT file_name, size FROM blob WHERE file_name <> ''"):
        check_file(os.path.dirname(path), name, size)


def check_file(folder, name, size):
    for base, _, files in os.walk(folder):
        if os.path.basename(name) in files:
            found = os.path.getsize(os.path.join(base, os.path.basename(name)))
            assert found == size, f"{name} has {found} bytes, its row says {size}"
            return
    raise AssertionError(f"{folder}: the body file {name} is missing")
