import MailMessage
package import MailStore

/// What was found, and whether that is all.
package struct Trace: Sendable {
    package let lines: [TraceLine]
    package let messages: Int
    /// Nil: that was all.
    package let next: TrailPlace?
    /// So many events were lost in that time.
    package let lost: Int
}

extension Administration {
    /// Messages of one page.
    static let tracePage = 100

    /// Up to `limit` messages, the newest first, each with what happened to it. With an account in the filter: what that
    /// account may see, in its words; the web page shows the same.
    package func trace(
        _ filter: TrailFilter, in language: NoticeLanguage = .en, below start: TrailPlace = .end, limit: Int
    ) async throws(AdminError) -> Trace {
        let view = TraceView(for: filter.account, in: language)
        var (lines, messages): ([TraceLine], Int) = ([], 0)
        var place: TrailPlace? = start
        do {
            while let from = place, messages < limit {
                let page = try await store.trail.search(
                    filter, below: from, limit: min(Self.tracePage, limit - messages))
                for story in page.stories { lines += view.lines(of: story) }
                messages += page.stories.count
                place = page.next
            }
            let lost = try await store.trail.lost(since: filter.since ?? 0)
            return Trace(lines: lines, messages: messages, next: place, lost: lost)
        } catch { throw AdminError(error) }
    }
}
