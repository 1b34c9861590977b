/// The fixed bounds of this module that other hosts meet, for whoever lists them. Each stands where it is used.
package enum RelayLimits {
    package static let hosts = RoutingSettings.mostHosts
    package static let addresses = RoutingSettings.mostAddresses
    package static let pins = HostPins.mostRecords
    package static let rememberedAddresses = AddressMemory.mostAddresses
    package static let rememberedPolicies = STSPolicies.mostRemembered
    package static let policyFetches = STSPolicies.mostFetches
    package static let pipelined = HopSession.mostPipelined
    package static let recoded = SevenBitForm.largestRecoded
    package static let scramMessage = ScramClient.longestMessage
    package static let scramIterations = ScramClient.mostIterations
    package static let reportRecipients = TLSReportAddress.most
    package static let reportDays = TLSReportBook.mostDays
    package static let reportDomains = TLSReportDay.mostDomains
    package static let reportPolicies = TLSReportDay.mostPolicies
    package static let reportFailures = TLSReportDay.mostFailures
    package static let answerOctets = TalkSettings.mostOctets
    package static let answerOctetsPerReply = TalkSettings.mostOctetsPerReply
}
