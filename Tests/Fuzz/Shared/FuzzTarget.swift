/// One parser and what it promises about any bytes. The fuzzer feeds it bytes of its own; `swift test` feeds it the seeds.
protocol FuzzTarget {
    /// The folder below Tests/Fuzz, and the target's name for `Tests/Fuzz/run --target`.
    static var name: String { get }
    /// What was broken, or nil. The first byte usually chooses how the others are cut and read.
    static func check(_ input: [UInt8]) -> String?
    /// Bytes of memory that may be held at once for one byte of input, all the ways of `check` together.
    static var memoryPerByte: Int { get }
}

extension FuzzTarget {
    static var memoryPerByte: Int { 128 }
}

/// The first rule that is broken: `Rules { $0.that(x == y, "x is not y") }.broken`.
struct Rules {
    private(set) var broken: String?

    mutating func that(_ holds: Bool, _ otherwise: @autoclosure () -> String) {
        if broken == nil, !holds { broken = otherwise() }
    }

    mutating func none(_ found: @autoclosure () -> String?) {
        if broken == nil { broken = found() }
    }
}
