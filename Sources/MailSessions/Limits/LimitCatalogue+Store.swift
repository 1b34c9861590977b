import MailMessage
import MailStore

extension LimitCatalogue {
    static func store(_ options: MailStore.Options) -> [LimitRow] {
        [
            .bytes(
                "store.disk_floor", options.diskFloor.bytes, key: "limits.disk_floor", rfc: "RFC 5321 §4.2.3",
                "below it 452 and NO [UNAVAILABLE], while reading and deleting go on; of a small disk a twentieth"),
            .bytes(
                "store.spool_memory", options.spoolMemory, key: "limits.spool_memory",
                "messages that come in, all together; beyond it they go to files at once"),
            .bytes("store.spool_chunk", StoreLimits.spoolChunk, "of one message, before it is written to its file"),
            .bytes("store.crowded_spool_chunk", StoreLimits.crowdedSpoolChunk, "the same beyond store.spool_memory"),
            .bytes("store.body_file", MessageBody.fileThreshold, "larger bodies are files, smaller ones rows"),
            .count("store.threads", options.threads, "that wait for the disk"),
            .count("store.open_accounts", options.openAccounts, "about 100 KiB and three descriptors each"),
            .seconds("store.idle_account", options.idleTime.components.seconds, "then its database is closed"),
            .count("store.batch", StoreLimits.batch, "writes of one transaction: the first waits for the last"),
            .seconds("store.lock", StoreLimits.lockSeconds, "for a lock of another process"),
            .bytes("store.journal", StoreLimits.journalBytes, "of a database that keeps its size"),
            .count("store.cached_addresses", StoreLimits.cachedAddresses, "only those that exist"),
            .count("store.cached_accounts", StoreLimits.largestCachedAnswer, "of one address; more are asked for anew"),
            .count("store.waiting_hints", StoreLimits.waitingHints, "then they are written at once"),
            .count("store.thread_keys", StoreLimits.threadKeys, "identifiers of one message that tie it to its thread"),
            .count("store.vanished", StoreLimits.vanishedRanges, "ranges of expunged UIDs that QRESYNC remembers"),
            .count(
                "store.changed", StoreLimits.changedRanges,
                "ranges of changed UIDs in an account's log, cut at every 1,024th change"),
            .bytes(
                "store.search_index_floor", Int(clamping: options.searchIndexFloor), "of an account that gets an index"),
            .count(
                "store.search_index_tail", StoreLimits.unindexedMessages, "new messages that a search looks through"),
            .count(
                "store.search_candidates", StoreLimits.searchCandidates, "beyond it all messages are looked through"),
            .count("store.search_needle", GramSet.needleLimit, "trigrams of one text that the index is asked for"),
            .count(
                "store.search_grams", MessageGrams.limit, "of a message; one with more is looked into at every search"),
            .bytes(
                "store.restorable", Int(clamping: options.restore.bytes), key: "retention.restorable_size",
                "of what an account's user removed; what has been gone longest gives way"),
            .seconds(
                "store.restorable_time", Int(clamping: options.restore.seconds), key: "retention.restorable",
                "for what was expunged, purged or deleted with its folder"),
            .count("store.recent_hints", StoreLimits.recentHints, "remembered so as not to write them again"),
        ] + queue(options.retries)
    }

    private static func queue(_ retries: RetrySchedule) -> [LimitRow] {
        [
            .count("queue.recipients", Queue.maximumRecipients, "of one message"),
            .seconds(
                "queue.longest_delay", Int(retries.longestDelay), key: "relay.longest_retry", rfc: "RFC 5321 §4.5.4.1",
                "between two tries"),
            .seconds(
                "queue.lifetime", Int(retries.lifetime), key: "relay.lifetime", rfc: "RFC 5321 §4.5.4.1",
                "then it is returned"),
            .bytes("queue.error", StoreLimits.longestQueueError, "of a reason that is kept"),
        ]
    }
}
