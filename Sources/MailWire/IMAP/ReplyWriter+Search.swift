package import MailMessage

/// The result of a search for ESEARCH (RFC 9051 §7.3.4): what is nil is left out.
package struct SearchResult: Sendable, Equatable {
    package var min: UInt32?
    package var max: UInt32?
    /// Empty ranges leave ALL out, as the RFC wants for a search without hits.
    package var all: [ClosedRange<UInt32>]?
    package var partial: PartialResult?
    package var count: Int?
    package var modSeq: ModSeq?
    /// Of the messages in `all` or `partial`, in their order (RFC 6203 §4).
    package var relevancy: [Int]?

    package init(
        min: UInt32? = nil, max: UInt32? = nil, all: [ClosedRange<UInt32>]? = nil, count: Int? = nil,
        partial: PartialResult? = nil, modSeq: ModSeq? = nil, relevancy: [Int]? = nil
    ) {
        self.min = min
        self.max = max
        self.all = all
        self.count = count
        self.partial = partial
        self.modSeq = modSeq
        self.relevancy = relevancy
    }
}

package enum ContextChange: Sendable, Equatable { case addTo, removeFrom }

/// A page of a result; nothing found is NIL.
package struct PartialResult: Sendable, Equatable {
    package let range: PartialRange
    package let found: [ClosedRange<UInt32>]

    package init(range: PartialRange, found: [ClosedRange<UInt32>]) {
        self.range = range
        self.found = found
    }
}

extension ReplyWriter {
    /// `* UIDBATCHES (TAG "a1") 900:401,400:1`: the newest first, and each from its newest message (RFC 10022).
    package mutating func uidBatches(tag: String, _ batches: [ClosedRange<UID>]) {
        raw("* UIDBATCHES (TAG ")
        quoted(tag.utf8)
        close()
        for (index, batch) in batches.enumerated() {
            byte(index == 0 ? 0x20 : UInt8(ascii: ","))
            number(batch.upperBound.value)
            guard batch.lowerBound < batch.upperBound else { continue }
            byte(UInt8(ascii: ":"))
            number(batch.lowerBound.value)
        }
        endLine()
    }

    /// `* ESEARCH (TAG "a1") UID ALL 1:3`
    package mutating func esearch(tag: String, uid: Bool, _ result: SearchResult) {
        correlator(tag)
        close()
        if uid { raw(" UID") }
        returned(result)
    }

    /// `* ESEARCH (TAG "a1" MAILBOX folder UIDVALIDITY 1) UID ALL 4001,4003` (RFC 7377 §2.1)
    package mutating func esearch(tag: String, mailbox: String, uidValidity: UInt32, _ result: SearchResult) {
        correlator(tag)
        raw(" MAILBOX ")
        self.mailbox(mailbox)
        searchNumber(" UIDVALIDITY ", uidValidity)
        close()
        raw(" UID")
        returned(result)
    }

    private mutating func correlator(_ tag: String) {
        raw("* ESEARCH (TAG ")
        quoted(tag.utf8)
    }

    private mutating func returned(_ result: SearchResult) {
        searchNumber(" MIN ", result.min)
        searchNumber(" MAX ", result.max)
        searchNumber(" COUNT ", result.count)
        if let partial = result.partial { self.partial(partial.range, partial.found) }
        if let all = result.all, !all.isEmpty {
            raw(" ALL ")
            numberRanges(all)
        }
        searchNumber(" MODSEQ ", result.modSeq?.value)
        if let scores = result.relevancy, !scores.isEmpty { relevancy(scores) }
        endLine()
    }

    // search-return-data =/ "RELEVANCY" SP score-list; score-list = "(" [score *(SP score)] ")"     (RFC 6203 §6)
    private mutating func relevancy(_ scores: [Int]) {
        raw(" RELEVANCY (")
        for (index, score) in scores.enumerated() {
            if index > 0 { space() }
            number(score)
        }
        close()
    }

    // ret-data-partial = "PARTIAL" SP "(" partial-range SP partial-results ")"                     (RFC 9394 §4)
    private mutating func partial(_ range: PartialRange, _ found: [ClosedRange<UInt32>]) {
        raw(" PARTIAL (")
        for (index, end) in [range.first, range.second].enumerated() {
            if index > 0 { raw(":") }
            if range.isFromEnd { raw("-") }
            number(end)
        }
        space()
        if found.isEmpty { nilAtom() } else { numberRanges(found) }
        close()
    }

    /// `* ESEARCH (TAG "B01") UID ADDTO (0 32768:32769)` (RFC 5267 §4.3.3). Place 0: the order is the mailbox's.
    package mutating func contextUpdate(
        tag: String, uid: Bool, _ change: ContextChange, _ ranges: [ClosedRange<UInt32>]
    ) {
        correlator(tag)
        close()
        if uid { raw(" UID") }
        raw(change == .addTo ? " ADDTO (0 " : " REMOVEFROM (0 ")
        numberRanges(ranges)
        close()
        endLine()
    }

    private mutating func searchNumber(_ word: StaticString, _ value: (some BinaryInteger)?) {
        guard let value else { return }
        raw(word)
        number(value)
    }

    /// `* SEARCH 2 84 882 (MODSEQ 917162500)` (RFC 3501 §7.2.5, RFC 7162 §3.1.5)
    package mutating func search(_ numbers: [UInt32], modSeq: ModSeq? = nil) {
        found("* SEARCH", numbers, modSeq)
    }

    /// `* SORT 5 3 4 1 2` (RFC 5256 §4, RFC 7162 §3.1.6)
    package mutating func sort(_ numbers: [UInt32], modSeq: ModSeq? = nil) {
        found("* SORT", numbers, modSeq)
    }

    /// An array: what is generic over modules costs a look at its types with each of a hundred thousand numbers.
    private mutating func found(_ name: StaticString, _ numbers: [UInt32], _ modSeq: ModSeq?) {
        raw(name)
        for number in numbers {
            space()
            self.number(number)
        }
        if let modSeq {
            raw(" (MODSEQ ")
            number(modSeq.value)
            close()
        }
        endLine()
    }
}
