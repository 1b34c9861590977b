/// The tables of `web.db`. Tokens stand there as digests: whoever reads the file gets into nothing.
enum WebSchema {
    static let schema = Schema(name: "web", steps: [first, signIns])

    private static let first = """
        CREATE TABLE web_session (
          digest BYTEA NOT NULL PRIMARY KEY, account_id BIGINT NOT NULL, role TEXT NOT NULL,
          client TEXT NOT NULL, address TEXT NOT NULL,
          created_at BIGINT NOT NULL, last_used_at BIGINT NOT NULL,
          form_secret TEXT NOT NULL);           -- against forged forms; worth nothing without the token
        CREATE INDEX web_session_account ON web_session(account_id);
        CREATE INDEX web_session_last_used ON web_session(last_used_at);
        CREATE TABLE web_link (
          digest BYTEA NOT NULL PRIMARY KEY, account_id BIGINT NOT NULL, purpose TEXT NOT NULL,
          created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL);
        CREATE INDEX web_link_account ON web_link(account_id);
        CREATE INDEX web_link_expires ON web_link(expires_at);
        """

    /// People on their way to the organisation's provider and back.
    private static let signIns = """
        CREATE TABLE web_sign_in (
          digest BYTEA NOT NULL PRIMARY KEY, browser BYTEA NOT NULL, nonce TEXT NOT NULL, verifier TEXT NOT NULL,
          redirect TEXT NOT NULL, back TEXT NOT NULL, source TEXT NOT NULL, created_at BIGINT NOT NULL);
        CREATE INDEX web_sign_in_source ON web_sign_in(source);
        CREATE INDEX web_sign_in_created ON web_sign_in(created_at);
        """
}
