import MailDial
import MailDomainAuth
import MailFilter
import MailStore

extension LimitCatalogue {
    static func filter(_ plan: FilterPlan) -> [LimitRow] {
        let milters = plan.milterPolicy
        return [
            .bytes(
                "filter.header", HeaderBlock.largest,
                "of a message that is looked at; beyond it 552, which names the limit"),
            .count("filter.header_fields", HeaderBlock.mostFields, "the same"),
            .count("filter.blocklists", BlockLists.mostLists, key: "filter.blocklists", "asked about one address"),
            .count("filter.greylist_rows", GreylistPolicy().mostRows, "of each table; the oldest go"),
            .seconds(
                "filter.milter_answer", milters.seconds, key: "filter.milter_timeout",
                "for a connection, and for the answer to a command"),
            .seconds(
                "filter.milter_end", milters.finalSeconds, key: "filter.milter_timeout",
                "between two signs of life about a whole message"),
            .seconds(
                "filter.milter_longest_end", milters.longestFinalSeconds, rfc: "RFC 5321 §4.5.3.2.6",
                "for all of them: the client waits ten minutes"),
            .count("filter.milter_changes", milters.mostChanges, "by one filter in one message"),
            .bytes("filter.milter_change_size", milters.largestChanges, "all of these together, without a new body"),
            .bytes(
                "filter.milter_body", milters.largestBody, key: "limits.message_size", "a body that a filter puts in"),
            .bytes("filter.milter_packet", MilterPacket.largest, "from a filter"),
            .bytes("filter.milter_chunk", MilterPacket.largestChunk, "of a body, to a filter"),
            .count("filter.milter_reply_lines", MilterReplyText.mostLines, "of a filter's own reply"),
            .bytes("filter.milter_reply_line", MilterReplyText.longestLine, "the same"),
            .bytes("filter.milter_macros", FilterLimits.macroList, "that a filter asks for in one step"),
            .bytes("filter.explanation", FilterLimits.explanation, "of a block list, in our reply"),
            .bytes("filter.verdict", FilterLimits.verdictText, "of what stands in a reply about a sender"),
            .count(
                "filter.client_names", FilterLimits.clientNames, rfc: "RFC 8601 §2.7.3",
                "of an address that are looked at"),
        ]
    }

    /// What strangers' headers and records may make us do.
    static var senders: [LimitRow] {
        [
            .count(
                "senders.signatures", DomainAuthLimits.signatures, rfc: "RFC 6376 §6.1",
                "of a message that are checked, from the top"),
            .count("senders.key_records", DomainAuthLimits.keyRecords, rfc: "RFC 6376 §6.1.2", "of one selector"),
            .count("senders.arc_sets", DomainAuthLimits.arcSets, rfc: "RFC 8617 §4.2.1", "of a message"),
            .count("senders.author_domains", DomainAuthLimits.authorDomains, "in From; with more DMARC says nothing"),
            .count(
                "senders.policy_domains", DomainAuthLimits.policyDomains,
                "that are asked for the policy of one author"),
            .count("senders.spf_lookups", DomainAuthLimits.spfLookups, rfc: "RFC 7208 §4.6.4", "for one sender"),
            .count("senders.spf_void", DomainAuthLimits.spfVoidLookups, rfc: "RFC 7208 §4.6.4", "of them in vain"),
            .count("senders.spf_names", DomainAuthLimits.spfNames, rfc: "RFC 7208 §4.6.4", "behind one mx or ptr"),
            .count("senders.spf_terms", DomainAuthLimits.spfTerms, "of one record"),
            .bytes("senders.spf_explanation", DomainAuthLimits.spfExplanation, "that a domain gives"),
            .count("senders.tags", DomainAuthLimits.tags, "of a signature or a record"),
            .count("senders.results", DomainAuthLimits.resultStatements, rfc: "RFC 8601", "read of one field"),
            .count(
                "senders.return_days", DomainAuthLimits.returnDays,
                "that a bounce finds its way back through a rewritten sender"),
        ]
    }

    /// What name servers and web servers may answer.
    static var nameService: [LimitRow] {
        let limits = NameService.Limits()
        return [
            .count("dns.threads", limits.mostThreads, "questions on the way"),
            .count("dns.waiting", limits.mostWaiting, "questions that wait for one of those; further ones fail"),
            .count("dns.entries", limits.mostEntries, "answers that are remembered"),
            .bytes("dns.memory", Int64(limits.mostOctets), "all of these together"),
            .seconds("dns.longest_memory", Int(limits.longestMemory), rfc: "RFC 2181 §8", "of one answer"),
            .seconds("dns.longest_absence", Int(limits.longestAbsence), rfc: "RFC 2308 §5", "of there being nothing"),
            .count("dns.records", DialLimits.answerRecords, "of one section of an answer"),
            .count("dns.aliases", DialLimits.aliases, rfc: "RFC 1034 §3.6.2", "one after the other"),
            .count(
                "dns.strangers", DialLimits.strangeAnswers, rfc: "RFC 5452 §9",
                "answers to another question while one waits for its own"),
            .bytes("dns.web_head", DialLimits.webHead, "of the answer of a web server that a name leads to"),
        ]
    }
}
