package import MailMessage

/// `* 7 FETCH (UID 12 FLAGS (\Seen))`: the short way, since there may be hundreds of thousands. Each line is one addition to the
/// bytes, and what stands for flags that were met before is not put together again.
package struct FlagLine: Sendable {
    package enum Item: Sendable { case uid, flags }

    /// Of which flags, with \Recent or without, and where their text stands.
    private struct Known {
        var flags = FlagBits()
        var isRecent = false
        var place = 0..<0
    }

    /// `* 4294967295 UIDFETCH ()` with its line end, and ` UID 4294967295`.
    private static let (frame, uid) = (32, 16)
    private static let slotBits = 6
    /// What may stand in `texts` before they are forgotten.
    private static let remembered = 16_384

    private let items: [Item]
    private let names: FlagNames
    private var known = [Known](repeating: Known(), count: 1 << slotBits)
    private var texts: [UInt8] = []

    /// The items in their order.
    package init(_ items: [Item], _ names: FlagNames) {
        self.items = items
        self.names = names
    }

    package mutating func write(
        _ number: SequenceNumber, _ uid: UID, _ flags: FlagBits, isRecent: Bool, to writer: inout ReplyWriter
    ) {
        let place = place(of: flags, isRecent)
        let (namesUIDs, room) = (writer.namesUIDs, Self.frame + items.count * (Self.uid + place.count))
        writer.bytes.append(addingCapacity: room) { line in
            line.append("* ")
            line.append(number: namesUIDs ? uid.value : number.value)
            line.append(namesUIDs ? " UIDFETCH (" : " FETCH (")
            for index in items.indices {
                if index > 0 { line.append(0x20) }
                switch items[index] {
                case .uid:
                    line.append("UID ")
                    line.append(number: uid.value)
                case .flags: texts.withUnsafeBytes { line.append(UnsafeRawBufferPointer(rebasing: $0[place])) }
                }
            }
            line.append(")\r\n")
        }
    }

    private mutating func place(of flags: FlagBits, _ isRecent: Bool) -> Range<Int> {
        let mixed = UInt64(bitPattern: flags.rawValue) &* 0x9e37_79b9_7f4a_7c15  // Fibonacci hashing
        let slot = Int(mixed >> UInt64(UInt64.bitWidth - Self.slotBits))
        let found = known[slot]
        if found.flags == flags, found.isRecent == isRecent, !found.place.isEmpty { return found.place }
        return add(flags, isRecent, at: slot)
    }

    private mutating func add(_ flags: FlagBits, _ isRecent: Bool, at slot: Int) -> Range<Int> {
        if texts.count > Self.remembered {
            known = [Known](repeating: Known(), count: known.count)
            texts.removeAll()
        }
        let start = texts.count
        var writer = ReplyWriter()
        writer.fetchFlags(flags, names, isRecent: isRecent)
        texts += writer.bytes
        known[slot] = Known(flags: flags, isRecent: isRecent, place: start..<texts.count)
        return known[slot].place
    }
}

extension OutputSpan<UInt8> {
    @inline(__always)
    fileprivate mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(UnsafeRawBufferPointer($0)) }
    }

    @inline(__always)
    fileprivate mutating func append(_ bytes: UnsafeRawBufferPointer) {
        withUnsafeMutableBufferPointer { space, count in
            UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(space)[count...]).copyMemory(
                from: bytes)
            count += bytes.count
        }
    }

    @inline(__always)
    fileprivate mutating func append(number: UInt32) {
        let digits = number.decimalDigits
        withUnsafeMutableBufferPointer { space, count in
            var rest = number
            for place in (count..<count + digits).reversed() {
                space[place] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
                rest /= 10
            }
            count += digits
        }
    }
}

extension UInt32 {
    fileprivate var decimalDigits: Int {
        var (count, bound) = (1, UInt64(10))
        while UInt64(self) >= bound {
            count += 1
            bound *= 10
        }
        return count
    }
}
