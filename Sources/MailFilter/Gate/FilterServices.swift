package import MailDomainAuth
package import MailStore

/// What gates stand on: made once by the composition, shared by all connections.
package struct FilterServices: Sendable {
    package let plan: FilterPlan
    package let store: MailStore
    /// In greetings, and in what filters are told.
    package let hostName: String
    package let blockLists: BlockLists
    package let greylist: Greylist?
    let records: any DomainRecords
    let judge: SenderJudge?

    /// `greylist`: nil where strangers need not come twice.
    package init(
        _ plan: FilterPlan, store: MailStore, hostName: String, records: any DomainRecords, greylist: Greylist?
    ) {
        self.plan = plan
        self.store = store
        self.hostName = hostName
        self.records = records
        self.greylist = greylist
        blockLists = BlockLists(plan.blockLists, records)
        judge = plan.senders.flatMap { policy in
            policy.isOff ? nil : SenderJudge(policy, records, suffixes: PublicSuffixFile.read(plan.publicSuffixes))
        }
    }

    package func close() async { await greylist?.close() }
}
