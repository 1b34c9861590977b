/// Encoded text: the first byte chooses encoding and charset.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCoding(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let choice = bytes.first else { return 0 }
    let encodings: [TransferEncoding] = [.base64, .quotedPrintable, .eightBit]
    let labels = [
        "utf-8", "utf-16", "utf-7", "iso-2022-jp", "gb18030", "shift_jis", "windows-1252", "euc-kr", "x-none",
    ]
    let encoding = encodings[Int(choice) % encodings.count]
    let whole = TransferDecoder.decode(bytes[1...], encoding)
    let cut = 1 + Int(choice) % bytes.count
    var decoder = TransferDecoder(encoding)
    let halves = decoder.consume(bytes[1..<cut]) + decoder.consume(bytes[cut...]) + decoder.finish()
    precondition(halves == whole)
    precondition(TransferDecoder.decode(TransferEncoder.base64(whole), .base64) == whole)
    _ = TransferEncoder.quotedPrintable(whole)
    _ = CaseFolding.fold(Charset.decode(whole, label: labels[Int(choice) / 3 % labels.count]))
    return 0
}
