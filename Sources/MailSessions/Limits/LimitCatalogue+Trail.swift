import MailDelivery
import MailDomainAuth
import MailRelay
import MailStore
import MailWire

extension LimitCatalogue {
    /// What is known of messages on their way, and how much one may send.
    static var trail: [LimitRow] {
        [
            .count(
                "trail.waiting", StoreLimits.waitingEvents,
                "events that the disk has not taken; more are counted as lost"),
            .bytes("trail.text", StoreLimits.eventText, "of a remote server's answer"),
            .bytes("trail.address", StoreLimits.eventAddress, rfc: "RFC 5321 §4.5.3.1", "as it is kept"),
            .bytes("trail.message_id", StoreLimits.eventMessageID, rfc: "RFC 5322 §2.1.1", "as it is kept"),
            .count("trail.steps", StoreLimits.stepsOfAMessage, "of one message that are shown"),
            .count("trail.candidates", StoreLimits.trailCandidates, "messages that one page of a search looks at"),
            .count(
                "trail.one_name", StoreLimits.messagesOfOneName, "messages with one Message-ID that withdraw looks for"),
        ]
    }

    /// What other hosts may make us keep, and what reports carry.
    static func relay(_ setup: RelaySetup) -> [LimitRow] {
        [
            .count(
                "relay.authors", SubmissionRules.mostAuthors, rfc: "RFC 6409 §6.1",
                "of one message: each is asked whether he is whoever has logged in"),
            .bytes("relay.reply", ReplyAssembler.largestReply, "of another host, all of its lines"),
            .bytes("relay.reply_text", RemoteReply.longestText, "of a reply that is kept"),
            .bytes(
                "relay.returned", SenderReports.largestReturned, rfc: "RFC 3461 §4.3",
                "a larger message returns with its header alone, whatever RET says"),
            .bytes(
                "relay.line", LineBreaker.longestLine, rfc: "RFC 5321 §4.5.3.1.6",
                "of what is sent: parts with longer ones are encoded, other longer ones broken"),
            .count(
                "relay.policy_files", RoutingSettings.mostPolicyFiles, rfc: "RFC 8461 §3.3",
                "policies of domains that are kept; beyond, a tenth goes, those fetched the longest ago"),
            .seconds(
                "relay.answer", setup.answerSeconds, key: "relay.answer_timeout", rfc: "RFC 5321 §4.5.3.2",
                "for the greeting and the answer to a short command; twice as long for that to a message"),
            .seconds(
                "relay.delivery", setup.longestSeconds, key: "relay.longest_delivery",
                "for all of one message, beside a second for each 200 bytes of it"),
            .bytes("relay.answers", RelayLimits.answerOctets, "of a host over one connection, beside ..."),
            .bytes("relay.answers_each", RelayLimits.answerOctetsPerReply, "... so many for each of its replies"),
            .count("relay.pipelined", RelayLimits.pipelined, rfc: "RFC 2920 §3.1", "commands on their way at once"),
            .count("relay.hosts", RelayLimits.hosts, rfc: "RFC 5321 §5.1", "of one domain that are tried"),
            .count("relay.addresses", RelayLimits.addresses, "of one host that are tried, of each family"),
            .count("relay.tlsa_records", RelayLimits.pins, rfc: "RFC 7672", "of one host"),
            .count("relay.remembered_addresses", RelayLimits.rememberedAddresses, "that have failed a moment ago"),
            .bytes("relay.sts_policy", DomainAuthLimits.stsPolicy, rfc: "RFC 8461 §3.3", "of one domain"),
            .count("relay.sts_hosts", DomainAuthLimits.stsHosts, "that it names"),
            .count("relay.sts_remembered", RelayLimits.rememberedPolicies, "policies in memory; more are on the disk"),
            .count("relay.sts_fetches", RelayLimits.policyFetches, "of policies on the way"),
            .bytes(
                "relay.recoded", Int64(RelayLimits.recoded), rfc: "RFC 6152 §3", "a message for a host without 8BITMIME"
            ),
            .bytes("relay.scram_message", RelayLimits.scramMessage, rfc: "RFC 5802", "of a smart host"),
            .count(
                "relay.scram_iterations", RelayLimits.scramIterations, rfc: "RFC 5802", "that a smart host asks for"),
            .count("relay.report_recipients", RelayLimits.reportRecipients, rfc: "RFC 8460 §3", "of one domain"),
            .count("relay.report_days", RelayLimits.reportDays, "that wait to be reported"),
            .count("relay.report_domains", RelayLimits.reportDomains, "of one day; further ones are not told"),
            .count("relay.report_policies", RelayLimits.reportPolicies, "of one domain and day"),
            .count("relay.report_failures", RelayLimits.reportFailures, "of different kinds, of one policy and day"),
        ]
    }

    static func sending(_ options: MailStore.Options) -> [LimitRow] {
        let (persons, hosts) = (options.sendingOfPersons, options.sendingOfHosts)
        return [
            .count("sending.recipients", StoreLimits.countedRecipients, "of one message that are looked up as known"),
            .count(
                "sending.messages_per_hour", persons.messagesPerHour, key: "sending.messages_per_hour",
                "of one account; more is held"),
            .count("sending.messages_per_day", persons.messagesPerDay, key: "sending.messages_per_day", "the same"),
            .count(
                "sending.recipients_per_hour", persons.recipientsPerHour, key: "sending.recipients_per_hour",
                "of all messages of one account"),
            .count(
                "sending.recipients_per_day", persons.recipientsPerDay, key: "sending.recipients_per_day", "the same"),
            .count(
                "sending.new_recipients_per_day", persons.newRecipientsPerDay, key: "sending.new_recipients_per_day",
                "many new ones are the mark of a stolen password"),
            .count(
                "sending.host_messages_per_hour", hosts.messagesPerHour, key: "sending.host_messages_per_hour",
                "of one address of a trusted network"),
            .count(
                "sending.host_messages_per_day", hosts.messagesPerDay, key: "sending.host_messages_per_day", "the same"),
            .count(
                "sending.host_recipients_per_hour", hosts.recipientsPerHour, key: "sending.host_recipients_per_hour",
                "of one address"),
            .count(
                "sending.host_recipients_per_day", hosts.recipientsPerDay, key: "sending.host_recipients_per_day",
                "the same"),
            .count(
                "sending.host_new_recipients_per_day", hosts.newRecipientsPerDay,
                key: "sending.host_new_recipients_per_day", "the same"),
        ]
    }
}
