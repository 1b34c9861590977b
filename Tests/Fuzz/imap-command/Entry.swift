/// libFuzzer's entry; the work is in Tests/MailWireTests/IMAPCommandExercise.swift, which the tests run too.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    if let broken = exerciseIMAPCommands(input) { fatalError(broken) }
    return 0
}
