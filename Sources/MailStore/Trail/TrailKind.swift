/// Numbers of facts in `trail_event.kind`. Never reused.
enum TrailKind: Int64 {
    case refused = 1
    case delivered = 2
    case junked = 3
    case queued = 4
    case relayed = 5
    case deferred = 6
    case failed = 7
    case bounced = 8
    case delayNoticed = 9
    case held = 10
    case released = 11
    case removed = 12
    case withdrawn = 13
    case restored = 14
    case forwarded = 15
    case discarded = 16
    /// Not about a message: so many events (`until`) could not be written before then.
    case lost = 99
}
