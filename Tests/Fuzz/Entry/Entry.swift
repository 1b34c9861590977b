import Glibc

// libFuzzer's entry. `Target` is the alias that Tests/Fuzz/run writes; what is checked stands in the target's own file.

@_cdecl("LLVMFuzzerInitialize")
public func fuzzInitialize(_ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
    fuzzHeapStart()
    return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    if let broken = Target.check(input) { fail(broken) }
    if Growth.isDue(input) {
        if let broken = Growth.check(input, Target.check) { fail(broken) }
        if let broken = Heap.check(input) { fail(broken) }
    }
    return 0
}

func fail(_ text: String) -> Never {
    let line = "BROKEN: \(text.prefix(4_000))\n"
    _ = line.utf8CString.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
    abort()
}

@_silgen_name("fuzz_heap_start") func fuzzHeapStart()
@_silgen_name("fuzz_heap_mark") func fuzzHeapMark()
@_silgen_name("fuzz_heap_peak") func fuzzHeapPeak() -> Int

/// Memory follows the input: no small message makes the server hold much.
enum Heap {
    private static let floor = 2 << 20
    private static let size = 65_536

    static func check(_ input: [UInt8]) -> String? {
        let long = Growth.stretched(input, to: size)
        fuzzHeapMark()
        _ = Target.check(long)
        let peak = fuzzHeapPeak()
        let limit = floor + Target.memoryPerByte * long.count
        return peak <= limit ? nil : "\(peak) bytes of memory for \(long.count) bytes of input"
    }
}
