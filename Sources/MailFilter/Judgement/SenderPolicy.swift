/// What is asked about who sent a message, and what that may do.
package struct SenderPolicy: Sendable, Equatable {
    package enum Check: String, Sendable, CaseIterable {
        case off
        /// The result is written into the message.
        case mark
        /// And decides what becomes of it.
        case obey
    }

    package var spf = Check.mark
    package var checksDKIM = true
    package var dmarc = Check.obey
    package var checksARC = true
    /// Forwarders whose whole chain is believed when it says that DMARC passed there.
    package var trustedSealers: [String] = []
    /// This server in Authentication-Results, and in what senders are told.
    package var authservID: String

    package init(authservID: String) { self.authservID = authservID }

    /// Nothing is asked at all.
    package var isOff: Bool { spf == .off && !checksDKIM && dmarc == .off && !checksARC }
    /// DMARC rests on both.
    var needsSPF: Bool { spf != .off || dmarc != .off }
    var needsDKIM: Bool { checksDKIM || dmarc != .off }
}
