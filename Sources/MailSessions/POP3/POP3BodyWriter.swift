import MailWire

/// A body on its way out: cut for TOP, dots put in.
struct POP3BodyWriter {
    private var cutter: POP3TopCutter?
    private var dots = DotWriter()

    init(cutter: POP3TopCutter?) { self.cutter = cutter }

    /// False when the rest is not wanted.
    mutating func write(_ chunk: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
        let count = cutter?.consume(chunk) ?? chunk.count
        dots.write(UnsafeRawBufferPointer(rebasing: chunk.prefix(count)), into: &output)
        return cutter?.isDone != true
    }

    mutating func finish(into output: inout [UInt8]) { dots.finish(into: &output) }
}
