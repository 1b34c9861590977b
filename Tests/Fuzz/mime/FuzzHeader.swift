/// One header value, read as everything that it might be.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHeader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let text = EncodedWord.decode(bytes)
    _ = EncodedWord.decode(EncodedWord.encode(text))
    for address in AddressList(bytes).addresses { _ = (address.displayName, address.emailAddress) }
    if let address = EmailAddress(bytes) { precondition(EmailAddress(address.description) == address) }
    _ = DomainName.toUnicode(text)
    if let date = MailDate(bytes) { precondition(MailDate(Array(date.headerText.utf8)) != nil) }
    _ = MailDate.day(imapDate: bytes)
    let part = ParsedMessage(Array("Content-Type: ".utf8) + bytes).root
    for entry in part.mediaType.parameters.list { _ = part.mediaType.parameters.decoded(entry.name) }
    return 0
}
