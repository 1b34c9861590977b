package import MailMessage

/// The result of a search for ESEARCH (RFC 9051 §7.3.4): what is nil is left out.
package struct SearchResult: Sendable, Equatable {
    package var min: UInt32?
    package var max: UInt32?
    /// Empty ranges leave ALL out, as the RFC wants for a search without hits.
    package var all: [ClosedRange<UInt32>]?
    package var count: Int?
    package var modSeq: ModSeq?

    package init(
        min: UInt32? = nil, max: UInt32? = nil, all: [ClosedRange<UInt32>]? = nil, count: Int? = nil,
        modSeq: ModSeq? = nil
    ) {
        self.min = min
        self.max = max
        self.all = all
        self.count = count
        self.modSeq = modSeq
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
        raw("* ESEARCH (TAG ")
        quoted(tag.utf8)
        close()
        if uid { raw(" UID") }
        searchNumber(" MIN ", result.min)
        searchNumber(" MAX ", result.max)
        searchNumber(" COUNT ", result.count)
        if let all = result.all, !all.isEmpty {
            raw(" ALL ")
            numberRanges(all)
        }
        searchNumber(" MODSEQ ", result.modSeq?.value)
        endLine()
    }

    private mutating func searchNumber(_ word: StaticString, _ value: (some BinaryInteger)?) {
        guard let value else { return }
        raw(word)
        number(value)
    }

    /// `* SEARCH 2 84 882 (MODSEQ 917162500)` (RFC 3501 §7.2.5, RFC 7162 §3.1.5)
    package mutating func search(_ numbers: some Sequence<UInt32>, modSeq: ModSeq? = nil) {
        raw("* SEARCH")
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
