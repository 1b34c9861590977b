/// The fixed bounds of answers, for whoever lists them. Each stands where it is used.
package enum VacationLimits {
    package static let headerBytes = VacationReplies.headerBytes
    package static let addresses = VacationRules.mostAddresses
    package static let subject = VacationReply.longestSubject
    package static let references = VacationReply.mostReferences
    package static let identifier = VacationReply.longestIdentifier
}
