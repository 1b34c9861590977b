/// What is asked of mail, and by whom: plain values, from the configuration.
package struct FilterPlan: Sendable, Equatable {
    package var blockLists: [BlockList] = []
    /// Strangers come twice.
    package var usesGreylist = false
    package var greylistSeconds = 300
    /// Domains whose senders need not, where SPF says that it is they; in lower case.
    package var greylistExempt: [String] = []
    package var milters: [MilterAddress] = []
    package var milterPolicy = MilterPolicy()
    /// Header fields with which a filter, here or before us, says that a message is spam.
    package var junkHeaders = JunkHeader.standard

    /// What is asked about those who send from outside; nil: nothing.
    package var senders: SenderPolicy?
    /// Where the public suffix list is; empty: DNS is asked.
    package var publicSuffixes = ""

    package init() {}
}
