/// libFuzzer's entry; the work is in Tests/MailWireTests/SMTPSessionExercise.swift, which the tests run too.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    if let broken = exerciseSMTPSession(input) { fatalError(broken) }
    return 0
}
