import MailMessage
import MailStore
import MailWire

extension LimitCatalogue {
    static func imap() -> [LimitRow] {
        [
            .count("imap.sequence_ranges", IMAPLimits.sequenceRanges, "ranges are kept, never the numbers between"),
            .count("imap.fuzzy_words", FuzzyNeedle.wordLimit, rfc: "RFC 6203", "of one text that are asked for"),
            .count("imap.fuzzy_letters", FuzzyNeedle.lengthLimit, "of one word that are compared"),
            .count("imap.search_depth", IMAPLimits.searchDepth, "recursion is bounded"),
            .count("imap.return_options", IMAPLimits.returnOptions, rfc: "RFC 4731 §3.1", "of one SEARCH or SORT"),
            .count("imap.contexts", SearchContext.limit, rfc: "RFC 5267 §4.3.1", "searches a session follows"),
            .count("imap.cancelled_tags", IMAPLimits.cancelledTags, rfc: "RFC 5267 §4.3.5", "of one CANCELUPDATE"),
            .count(
                "imap.mailbox_filters", IMAPLimits.mailboxFilters, rfc: "RFC 7377 §2.2", "in each list of one ESEARCH"),
            .count("imap.notify_groups", IMAPLimits.notifyGroups, rfc: "RFC 5465 §8", "of one NOTIFY"),
            .count("imap.notify_events", IMAPLimits.notifyEvents, rfc: "RFC 5465 §8", "in each group of one NOTIFY"),
            .count(
                "imap.notify_mailboxes", NotifyPlan.mailboxLimit, rfc: "RFC 5465 §5.8",
                "watched in a session; NOTIFICATIONOVERFLOW"),
            .count(
                "imap.notify_accounts", NotifyPlan.accountLimit, rfc: "RFC 5465 §5.8",
                "of others, watched in a session; NOTIFICATIONOVERFLOW"),
            .count(
                "imap.notify_pause", NotifyPlan.pauseMilliseconds, rfc: "RFC 5465 §9",
                "milliseconds between two looks at what is not selected"),
            .count("imap.sort_criteria", IMAPLimits.sortCriteria, rfc: "RFC 5256 §5", "of one SORT"),
            .bytes("imap.tag", IMAPLimits.tagLength, "it is repeated in the reply"),
            .count("imap.section_depth", IMAPLimits.sectionDepth, "parts inside parts in one section"),
            .count("imap.fetch_items", IMAPLimits.fetchItems, "of one FETCH"),
            .count("imap.header_names", IMAPLimits.headerFieldNames, "of one HEADER.FIELDS"),
            .count("imap.flags", IMAPLimits.flags, "of one STORE or APPEND"),
            .count("imap.list_patterns", IMAPLimits.listPatterns, rfc: "RFC 5258 §3", "of one LIST"),
            .bytes("imap.list_pattern", IMAPLimits.listPatternLength, "as long as a mailbox name"),
            .count("imap.list_effort", MailboxPattern.Effort.limit, "steps of matching patterns in one LIST"),
            .count("imap.id_fields", IMAPLimits.idFields, rfc: "RFC 2971 §3.3", "of one ID"),
            .bytes("imap.id_name", IMAPLimits.idNameLength, rfc: "RFC 2971 §3.3", "a field name"),
            .bytes("imap.id_value", IMAPLimits.idValueLength, rfc: "RFC 2971 §3.3", "a field value"),
            .count("imap.enable_names", IMAPLimits.enableNames, rfc: "RFC 5161 §3.1", "of one ENABLE"),
            .count("imap.smallest_batch", Int(IMAPSession.smallestBatch), rfc: "RFC 10022", "of UIDBATCHES"),
            .count("imap.preview", Preview.length, rfc: "RFC 8970 §3.1", "characters of one message's first words"),
            .bytes("imap.preview_window", Preview.window, "of a text that are looked at for them"),
            .bytes("imap.object_id", IMAPLimits.objectIDLength, rfc: "RFC 8474 §7", "ours are shorter"),
            .count("imap.select_parameters", IMAPLimits.selectParameters, rfc: "RFC 4466 §2.4", "of one SELECT"),
            .count("imap.fetch_modifiers", IMAPLimits.fetchModifiers, rfc: "RFC 4466 §2.3", "of one FETCH"),
            .count("imap.quota_resources", IMAPLimits.quotaResources, rfc: "RFC 9208 §4.1", "of one SETQUOTA"),
            .count("imap.use_attributes", IMAPLimits.useAttributes, rfc: "RFC 6154 §3", "of one CREATE"),
            .count(
                "imap.append_messages", IMAPLimits.appendMessages, rfc: "RFC 3502 §6.3",
                "of one APPEND: one transaction"),
            .bytes("imap.append_held", AppendIntake.heldLimit, "of one APPEND in memory; more waits in files"),
            .bytes("imap.append_facts", AppendIntake.factsLimit, "envelopes and structures of one APPEND"),
            .count("imap.catenate_parts", IMAPLimits.catenateParts, rfc: "RFC 4469 §5", "of one message"),
            .bytes("imap.url", IMAPLimits.urlLength, rfc: "RFC 5092 §11", "in CATENATE"),
            .count("imap.metadata_entries", IMAPLimits.metadataEntries, rfc: "RFC 5464 §5", "of one command"),
            .bytes("imap.metadata_name", MetadataEntry.maximumLength, rfc: "RFC 5464 §4.1", "of one entry"),
            .bytes("imap.metadata_value", AccountTransaction.metadataValueLimit, rfc: "RFC 5464 §4.3", "of one entry"),
            .count("imap.metadata_account", AccountTransaction.metadataEntryLimit, "of one account, removed ones too"),
            .bytes("imap.metadata_bytes", AccountTransaction.metadataByteLimit, "values of one account"),
            .count("imap.references", ReferenceDigests.limit, rfc: "RFC 5256 §3", "kept of one message for THREAD"),
            .bytes("imap.identifier", IMAPLimits.identifierLength, rfc: "RFC 4314 §3", "an address and a dash"),
            .bytes("imap.idle_line", IMAPSession.doneLimit, rfc: "RFC 9051 §6.3.13", "only DONE ends IDLE"),
            .bytes(
                "imap.fetch_batch", FetchPlan.bodyLimit,
                "bodies that are in memory at once; of a long list, four times as much"),
            .bytes(
                "imap.parcel", Int64(MessageParcel.bodyLimit), "bodies on their way between two accounts, in memory"),
            .count("imap.parcel_messages", MessageParcel.countLimit, "on their way between two accounts at once"),
            .bytes("imap.search_batch", SearchRun.batchBytes, "texts per trip to the store; others come between"),
            .bytes("imap.piece", IMAPSession.chunkSize, "read or written at once"),
            .bytes("imap.quoted_string", ReplyWriter.longestQuoted, "longer texts leave as literals"),
        ]
    }

    static func pop3() -> [LimitRow] {
        [
            .bytes("pop3.command_line", POP3Limits.commandLine, rfc: "RFC 2449 §4", "255, and more for UTF-8 names"),
            .bytes(
                "pop3.sasl_line", POP3Limits.saslLine, rfc: "RFC 5034 §4",
                "but before login see session.line_before_login"),
            .count("pop3.number_digits", POP3Limits.numberDigits, "of a message number"),
            .seconds("pop3.idle", POP3Session.idleSeconds, rfc: "RFC 1939 §3", "at least 10 minutes"),
            .bytes("pop3.prefetch", BodyPrefetch.budget, "messages fetched ahead of RETR"),
            .count("pop3.prefetch_messages", BodyPrefetch.mostMessages, "messages fetched ahead of RETR"),
        ]
    }
}
