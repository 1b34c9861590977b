/// The tables of `directory.db`. Runs unchanged on SQLite 3.40 and PostgreSQL 15; see `docs/STORAGE.md` for the rules.
enum DirectorySchema {
    /// Append-only: step n brings version n to n + 1. A published step never changes.
    static let schema = Schema(
        name: "directory",
        steps: [
            first, appendOnlyAudit, shares, quotaCare, retention, people, auditExpiry, forwarding, sendingRules,
            vacation,
            formerPassword, preferences, roles, persons, appPasswordKeys,
        ])

    private static let first = """
        CREATE TABLE directory_state (
          id BIGINT NOT NULL PRIMARY KEY,
          generation BIGINT NOT NULL,           -- moves with every change but hints: caches compare it
          next_id BIGINT NOT NULL,              -- one counter for accounts, domains, organisations, aliases: never reused
          created_at BIGINT NOT NULL, is_test BIGINT NOT NULL DEFAULT 0);
        CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE domain (
          id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, status BIGINT NOT NULL DEFAULT 0,
          postmaster_account_id BIGINT NOT NULL DEFAULT 0, created_at BIGINT NOT NULL);
        CREATE TABLE account_class (
          id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL);
        CREATE TABLE organisation (
          id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL DEFAULT '',
          contact TEXT NOT NULL DEFAULT '', created_at BIGINT NOT NULL);
        CREATE TABLE account (
          id BIGINT NOT NULL PRIMARY KEY, login TEXT NOT NULL UNIQUE,     -- of a removed account: '#' and the id
          address TEXT NOT NULL,                -- as written when it was made; folded it is address.address
          name TEXT NOT NULL, organisation_id BIGINT NOT NULL DEFAULT 0, class_id BIGINT NOT NULL DEFAULT 0,
          status BIGINT NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '',
          created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
          expires_at BIGINT NOT NULL DEFAULT 0, removed_at BIGINT NOT NULL DEFAULT 0,
          former_login TEXT NOT NULL DEFAULT '');
        CREATE INDEX account_organisation ON account(organisation_id);
        CREATE INDEX account_class_id ON account(class_id);
        CREATE TABLE address (                  -- every address there is, so that no two things share one
          address TEXT NOT NULL PRIMARY KEY, domain_id BIGINT NOT NULL,
          account_id BIGINT NOT NULL DEFAULT 0, alias_id BIGINT NOT NULL DEFAULT 0);  -- one of the two
        CREATE INDEX address_domain ON address(domain_id);
        CREATE INDEX address_account ON address(account_id);
        CREATE TABLE alias (
          id BIGINT NOT NULL PRIMARY KEY, address TEXT NOT NULL UNIQUE, written TEXT NOT NULL, created_at BIGINT NOT NULL);
        CREATE TABLE alias_target (             -- an account of ours by its id, so that it may change its name; else an address
          alias_id BIGINT NOT NULL, position BIGINT NOT NULL,
          account_id BIGINT NOT NULL DEFAULT 0, address TEXT NOT NULL DEFAULT '',
          PRIMARY KEY (alias_id, position)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX alias_target_account ON alias_target(account_id);
        CREATE TABLE credential (
          account_id BIGINT NOT NULL PRIMARY KEY, hash TEXT NOT NULL DEFAULT '', changed_at BIGINT NOT NULL,
          scram_iterations BIGINT NOT NULL DEFAULT 0, scram_salt BYTEA, scram_stored_key BYTEA, scram_server_key BYTEA);
        CREATE TABLE quota_rule (               -- -1 = unlimited, NULL = inherits
          scope BIGINT NOT NULL, scope_id BIGINT NOT NULL, temporary BIGINT NOT NULL,
          bytes BIGINT, messages BIGINT, until BIGINT NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '',
          PRIMARY KEY (scope, scope_id, temporary)) /*SQLITE: WITHOUT ROWID*/;
        CREATE TABLE former_alias (             -- what led to a removed account, for its return
          account_id BIGINT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (account_id, address)) /*SQLITE: WITHOUT ROWID*/;
        CREATE TABLE account_hint (             -- copied from the account's database after its commits
          account_id BIGINT NOT NULL PRIMARY KEY, bytes_used BIGINT NOT NULL DEFAULT 0,
          message_count BIGINT NOT NULL DEFAULT 0, expire_after BIGINT NOT NULL DEFAULT 0,
          last_login_at BIGINT NOT NULL DEFAULT 0, updated_at BIGINT NOT NULL);
        CREATE INDEX account_hint_expire ON account_hint(expire_after);
        CREATE TABLE audit (
          id BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
          object TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL);
        CREATE INDEX audit_at ON audit(at);
        """

    /// Who asked as the system knows them, and lines that nobody changes. SQLite deletes what REPLACE meets without asking a
    /// trigger for deletions, so an id that is there is refused.
    private static let appendOnlyAudit = """
        ALTER TABLE audit ADD COLUMN uid BIGINT NOT NULL DEFAULT -1;   -- -1: not known
        ALTER TABLE audit ADD COLUMN tool TEXT NOT NULL DEFAULT '';
        /*SQLITE:
        CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
          BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
        CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
          BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
        CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
          BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
        */
        /*SQLITE-*/
        CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$;
        CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
        /*-SQLITE*/
        """

    /// Who granted a dated limit, pools that cap what an organisation grants, further classes of a person, and what the
    /// forecast and the notices remember.
    private static let quotaCare = """
        ALTER TABLE quota_rule ADD COLUMN granted_by TEXT NOT NULL DEFAULT '';
        ALTER TABLE quota_rule ADD COLUMN is_grace BIGINT NOT NULL DEFAULT 0;   -- the old limit of somebody who uses more
        ALTER TABLE organisation ADD COLUMN pool_bytes BIGINT;                  -- NULL = no pool
        ALTER TABLE account ADD COLUMN language TEXT NOT NULL DEFAULT '';       -- '' = English
        CREATE TABLE further_class (             -- beside account.class_id, for a person with several roles
          account_id BIGINT NOT NULL, class_id BIGINT NOT NULL,
          PRIMARY KEY (account_id, class_id)) /*SQLITE: WITHOUT ROWID*/;
        CREATE TABLE usage_sample (              -- at most one a day, only when it differs from the last one
          account_id BIGINT NOT NULL, day BIGINT NOT NULL, bytes_used BIGINT NOT NULL,
          PRIMARY KEY (account_id, day)) /*SQLITE: WITHOUT ROWID*/;
        CREATE INDEX usage_sample_day ON usage_sample(day);
        CREATE TABLE quota_notice (              -- thresholds crossed and told, until use falls below them again
          account_id BIGINT NOT NULL, kind TEXT NOT NULL, sent_at BIGINT NOT NULL,
          PRIMARY KEY (account_id, kind)) /*SQLITE: WITHOUT ROWID*/;
        """
}
