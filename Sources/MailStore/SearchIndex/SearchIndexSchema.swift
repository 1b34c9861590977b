internal import MailMessage

/// The index of one account's texts: trigrams of every body, in a file of its own that can be made anew at any time.
///
/// Keyed by the blob: copies share it, a MOVE keeps it, and its number is never given again. This one is SQLite's alone;
/// of a message there are two rows of trigrams, `2 * blob` for its headers and `2 * blob + 1` for its body.
enum SearchIndexSchema {
    static let schema = Schema(name: "search index", steps: [first])

    /// Without positions and without the texts: 0.4 of the mail's size instead of 2.5, and what is found is looked at again
    /// (measured: STORAGE, item 4).
    private static let first = """
        CREATE VIRTUAL TABLE gram USING fts5(
          words, content='', columnsize=0, detail=none, tokenize='ascii');
        INSERT INTO gram (gram, rank) VALUES ('hashsize', 8388608);
        CREATE TABLE indexed (
          blob_id INTEGER PRIMARY KEY,
          digest BIGINT NOT NULL,                -- the account's: two that differ are two accounts' pasts
          is_open BIGINT NOT NULL);              -- not in `gram`: looked into at every search
        CREATE INDEX indexed_open ON indexed (blob_id) WHERE is_open > 0;
        CREATE TABLE state (
          account_id BIGINT NOT NULL, version BIGINT NOT NULL,
          through BIGINT NOT NULL);              -- every blob up to this one is here
        """
}

/// Trigrams as words for FTS5: five characters that its tokenizer leaves as they are.
enum GramWord {
    static let length = 5
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    static func text(of grams: [Gram]) -> String {
        String(unsafeUninitializedCapacity: grams.count * (length + 1)) { buffer in
            var place = 0
            for gram in grams {
                for digit in 0..<length {
                    buffer[place + digit] = alphabet[Int(gram >> (5 * Gram(digit)) & 31)]
                }
                buffer[place + length] = 0x20
                place += length + 1
            }
            return place
        }
    }
}
