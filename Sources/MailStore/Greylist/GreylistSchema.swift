/// The tables of `greylist.db`. Keys are digests: the table is asked with what it shall find, and tells nobody anything else.
enum GreylistSchema {
    static let schema = Schema(name: "greylist", steps: [first])

    private static let first = """
        CREATE TABLE greylist_triplet (
          key BIGINT NOT NULL PRIMARY KEY,      -- network, sender and recipient
          first_at BIGINT NOT NULL, last_at BIGINT NOT NULL,
          passed BIGINT NOT NULL);              -- 1: came again in time
        CREATE INDEX greylist_triplet_last ON greylist_triplet(last_at);
        CREATE TABLE greylist_network (
          key BIGINT NOT NULL PRIMARY KEY,
          passes BIGINT NOT NULL,               -- triplets that came again in time
          last_at BIGINT NOT NULL);
        CREATE INDEX greylist_network_last ON greylist_network(last_at);
        """
}
