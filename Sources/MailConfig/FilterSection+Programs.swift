extension FilterSection {
    /// What is asked of others: lists in the DNS and programs.
    static let programKeys: [ConfigurationKey<FilterSection>] = [
        .init(
            "blocklists", \.blocklists, .list("list of lists", FilterText.blockList),
            "DNS lists of addresses whose mail is refused: \"zen.example.org\", \"zen.example.org=127.0.0.2-11\" for some of its answers alone, "
                + "\"allow:list.example.net\" for a list of the good, which wins. All are asked at once; one that does not answer blocks nobody. "
                + "Most lists want to be asked by a resolver of your own."),
        .init(
            "greylist", \.greylist, .flag,
            "Strangers are told to come again before their first message from a sender to a recipient is taken. Mail then comes late, and "
                + "much of what is no mail server never comes again. A network that has come again five times is known and waits no more; "
                + "where SPF says that a computer may use the sender's domain, the domain counts instead of the network, so that those who "
                + "send from many machines wait once."),
        .init("greylist_delay", \.greylistDelay, .span(10...3_600), "How long they have to wait."),
        .init(
            "greylist_exempt", \.greylistExempt, .list("list of domains", FilterText.domain),
            "Domains that need not wait, with those below them, where SPF says that it is they. Needs spf or dmarc."),
        .init(
            "milters", \.milters, .list("list of sockets", FilterText.milter),
            "Filter programs that speak the milter protocol, such as rspamd, clamav-milter and opendkim, in the order in which they see a message: "
                + "\"inet:127.0.0.1:11332\" or \"unix:/run/clamav/clamav-milter.ctl\". They see mail from outside and mail of people "
                + "who have logged in."),
        .init(
            "milter_timeout", \.milterTimeout, .span(1...600),
            "How long a filter may take for an answer; four times as long for its last one, about the whole message."),
        .init(
            "milter_default", \.milterDefault, .choice,
            "What happens to mail when a filter does not answer: accept, as if it were not there; tempfail, the sender tries again later; reject."
        ),
        .init(
            "junk_headers", \.junkHeaders, .list("list of header fields", FilterText.field),
            "Header fields that mark spam: a message with one of them, from a filter here or from outside, goes into Junk."
        ),
    ]
}
