internal import MailShared

extension StoreError {
    /// What failures of the store itself are counted as; nil for answers such as "no such mailbox" or "over quota".
    var counter: Counter? {
        switch self {
        case .busy: .storeBusy
        case .diskFull: .storeFull
        case .damaged: .storeDamaged
        case .inputOutput: .storeIO
        case .newerSchema: .storeOther
        default: nil
        }
    }
}
