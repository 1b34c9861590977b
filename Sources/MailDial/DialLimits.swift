/// The fixed bounds of this module that strangers meet, for whoever lists them. Each stands where it is used.
package enum DialLimits {
    package static let answerRecords = DNSResponse.mostRecords
    package static let aliases = DNSResponse.longestChain
    package static let strangeAnswers = NameExchange.mostStrangers
    package static let webHead = SecureGet.longestHead
}
