/// `[filter]`: what is asked of mail from outside.
package struct FilterSection: Sendable, Equatable {
    /// What a check may do.
    package enum Check: String, CaseIterable, Sendable {
        case off
        /// Its result is written into the message.
        case mark
        /// The message is refused or put into Junk for it as well.
        case obey
    }

    /// The same for a check that decides nothing by itself.
    package enum Mark: String, CaseIterable, Sendable { case off, mark }

    package var spf = Check.mark
    package var dkim = Mark.mark
    package var dmarc = Check.obey
    package var arc = Mark.mark
    package var arcTrusted: [String] = []
    package var authservID = ""
    package var publicSuffixes = "/usr/share/publicsuffix/public_suffix_list.dat"

    /// What happens to mail when a filter does not answer.
    package enum MilterDefault: String, CaseIterable, Sendable { case accept, tempfail, reject }

    package var blocklists: [String] = []
    package var greylist = false
    package var greylistDelay = 300
    package var greylistExempt: [String] = []
    package var milters: [String] = []
    package var milterTimeout = 30
    package var milterDefault = MilterDefault.tempfail
    package var junkHeaders = ["X-Spam: Yes", "X-Spam-Flag: YES"]

    static let keys: [ConfigurationKey<FilterSection>] = [
        .init(
            "spf", \.spf, .choice,
            "SPF, whether the sending computer may use the sender's domain. mark: the result is written into the message; obey: a fail is "
                + "refused as well, which strikes mail forwarded by others; off: not asked."),
        .init(
            "dkim", \.dkim, .choice,
            "Whether signatures of domains are checked and the results written into the message."),
        .init(
            "dmarc", \.dmarc, .choice,
            "What becomes of mail that is not from the domain in its From field. mark: the result is written into the message; obey: what the "
                + "domain's owner wishes is done, refusal or Junk; off: not asked. Needs spf and dkim."),
        .init(
            "arc", \.arc, .choice,
            "Whether the seals of forwarders are checked and the results written into the message."),
        .init(
            "arc_trusted", \.arcTrusted, .textList,
            "Domains of forwarders and mailing lists that are believed: mail which met its DMARC policy when they got it is not refused here, "
                + "if their seal is whole."),
        .init(
            "authserv_id", \.authservID, .text,
            "This server's name in Authentication-Results; fields of that name in mail from outside are forged and removed. Empty: server.name."
        ),
        .init(
            "public_suffixes", \.publicSuffixes, .path,
            "The public suffix list (Debian's package publicsuffix), which says what the domain of an organisation is; without the file the "
                + "DNS is asked."),
    ]
}
