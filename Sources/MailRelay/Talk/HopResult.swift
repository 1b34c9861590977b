/// What a next hop, or the way to it, said about one recipient.
package struct HopReply: Sendable, Equatable {
    /// Who said it; empty: this server, since nobody answered.
    package var host: String
    /// The reply's code; 0: none came.
    package var code: Int
    /// Enhanced status (RFC 3463), "x.y.z": the remote's, or what its code stands for.
    package var status: String
    /// The remote's words in one line, or ours; printable ASCII or UTF-8 without control characters, at most 500 characters.
    package var text: String
    /// The message was sent to its end and no answer came: the host may have it, and a second attempt make a duplicate
    /// (RFC 1047).
    package var mayHaveArrived = false

    package init(host: String = "", code: Int = 0, status: String, text: String) {
        self.host = host
        self.code = code
        self.status = status
        self.text = text
    }
}

/// What became of one recipient of one message at one hop.
package enum HopResult: Sendable, Equatable {
    /// The remote has answered for it. `supportsDSN`: it will report by itself (RFC 3461 §5.2.2).
    case delivered(HopReply, supportsDSN: Bool, tls: String)
    /// This host does not take it now: another one, or later.
    case deferred(HopReply)
    /// For good.
    case failed(HopReply)
    /// Nothing was decided and nobody is to blame: the transaction had no room for it (RFC 9422 §4.2, RFC 5321 §4.5.3.1.10),
    /// or a connection kept open was found closed. Again at once: over this session if it `isReusable`, else a new one.
    case postponed(HopReply)
}
