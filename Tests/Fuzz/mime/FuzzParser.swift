/// A message, whole and cut in two: the same parts, inside the message, and everything made of them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzParser(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let whole = ParsedMessage(bytes)
    let cut = bytes.isEmpty ? 0 : Int(bytes[0]) % bytes.count
    var parser = MessageParser()
    parser.consume(Array(bytes[..<cut]))
    parser.consume(Array(bytes[cut...]))
    let halves = parser.finish()
    precondition(halves.parts.map(\.bodyRange) == whole.parts.map(\.bodyRange))
    precondition(halves.parts.map(\.path) == whole.parts.map(\.path))
    for part in whole.parts {
        precondition(part.bodyRange.upperBound <= bytes.count)
        precondition(whole.range(of: part.path, .whole) != nil)
        _ = part.fileName
    }
    precondition(MessageFacts(whole) == MessageFacts(halves))
    _ = try? MessageSearch(bytes, whole).text(contains: [0x7a, 0x7a])
    return 0
}
