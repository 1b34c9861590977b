import MailDial
import MailDomainAuth
import MailFilter
import MailStore

extension FilterPlan {
    /// Nil when there is nothing to be asked.
    func services(store: MailStore, hostName: String, names: NameService) -> FilterServices? {
        guard !asksNobody else { return nil }
        var policy = GreylistPolicy()
        policy.delay = Int64(greylistSeconds)
        let greylist =
            usesGreylist
            ? Greylist(
                at: store.path + "/greylist.db", threads: store.threads, policy: policy, clock: store.directory.clock)
            : nil
        return FilterServices(
            self, store: store, hostName: hostName, records: ResolvedRecords(names: names), greylist: greylist)
    }

    private var asksNobody: Bool {
        blockLists.isEmpty && !usesGreylist && milters.isEmpty && junkHeaders.isEmpty && (senders?.isOff ?? true)
    }
}

extension MailService {
    /// Messages come in here, and pass whoever looks at them.
    var takesMail: Bool {
        switch self {
        case .smtp, .submission, .submissions: true
        case .imap, .imaps, .pop3, .pop3s, .https: false
        }
    }
}
