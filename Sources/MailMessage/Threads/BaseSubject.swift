/// A subject without what replying and forwarding put around it (RFC 5256 §2.1). One pass, whatever it looks like.
package struct BaseSubject: Sendable, Equatable {
    /// UTF-8, in the sender's capitals.
    package let text: [UInt8]
    /// Something was taken away that says so: `Re:`, `(fwd)`, `[fwd: ...]`.
    package let isReplyOrForward: Bool

    /// From the value of a Subject field on one line.
    package init(_ value: [UInt8]) {
        var stripper = SubjectStripper(Self.normalised(value))
        stripper.strip()
        text = Array(stripper.rest)
        isReplyOrForward = stripper.isReplyOrForward
    }

    // (1) Encoded words decoded, tabs and runs of spaces as one space.
    private static func normalised(_ value: [UInt8]) -> [UInt8] {
        let isPlain = value.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "=") }
        let text = isPlain ? value : Array(EncodedWord.decode(value).utf8)
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for byte in text {
            guard ByteClass.isSpace(byte) else {
                result.append(byte)
                continue
            }
            if result.last != 0x20 { result.append(0x20) }
        }
        return result
    }
}

/// Steps 2 to 6 of RFC 5256 §2.1 on one buffer: nothing is copied, and every step only moves one end inwards.
private struct SubjectStripper {
    private let bytes: [UInt8]
    private var start = 0
    private var end: Int
    private(set) var isReplyOrForward = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        end = bytes.count
    }

    var rest: ArraySlice<UInt8> { bytes[start..<end] }

    mutating func strip() {
        repeat {
            dropTrailers()
            dropLeaders()
        } while dropForward()
    }

    // (2) subj-trailer = "(fwd)" / WSP
    private mutating func dropTrailers() {
        while end > start {
            if bytes[end - 1] == 0x20 {
                end -= 1
            } else if has("(FWD)", at: end - 5) {
                end -= 5
                isReplyOrForward = true
            } else {
                return
            }
        }
    }

    // (3) to (5) subj-leader = (*subj-blob subj-refwd) / WSP, and blobs before a base that is left.
    private mutating func dropLeaders() {
        while start < end {
            if bytes[start] == 0x20 {
                start += 1
                continue
            }
            var last = start
            var next = start
            while let after = endOfBlob(at: next) { (last, next) = (next, after) }
            if let after = endOfReply(at: next) {
                start = after
                isReplyOrForward = true
                continue
            }
            // Blobs alone: the last one is the base.
            start = next < end ? next : last
            return
        }
    }

    // (6) subj-fwd = "[fwd:" subject "]"
    private mutating func dropForward() -> Bool {
        guard end - start >= 6, has("[FWD:", at: start), bytes[end - 1] == UInt8(ascii: "]") else { return false }
        start += 5
        end -= 1
        isReplyOrForward = true
        return true
    }

    // subj-blob = "[" *BLOBCHAR "]" *WSP, where BLOBCHAR is no bracket
    private func endOfBlob(at place: Int) -> Int? {
        guard place < end, bytes[place] == UInt8(ascii: "[") else { return nil }
        var next = place + 1
        while next < end, bytes[next] != UInt8(ascii: "["), bytes[next] != UInt8(ascii: "]") { next += 1 }
        guard next < end, bytes[next] == UInt8(ascii: "]") else { return nil }
        next += 1
        while next < end, bytes[next] == 0x20 { next += 1 }
        return next
    }

    // subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"
    private func endOfReply(at place: Int) -> Int? {
        var next = place
        if has("RE", at: place) || has("FW", at: place) { next += 2 } else { return nil }
        if has("FWD", at: place) { next += 1 }
        while next < end, bytes[next] == 0x20 { next += 1 }
        next = endOfBlob(at: next) ?? next
        guard next < end, bytes[next] == UInt8(ascii: ":") else { return nil }
        return next + 1
    }

    /// `word` is in capitals.
    private func has(_ word: StaticString, at place: Int) -> Bool {
        guard place >= start, place + word.utf8CodeUnitCount <= end else { return false }
        return word.withUTF8Buffer { word in
            word.indices.allSatisfy { bytes[place + $0].asciiUppercased == word[$0] }
        }
    }
}
