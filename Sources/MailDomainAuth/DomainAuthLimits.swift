/// The fixed bounds of this module that strangers meet, for whoever lists them. Each stands where it is used.
package enum DomainAuthLimits {
    package static let signatures = DKIMVerifier.mostSignatures
    package static let keyRecords = KeyLookup.mostRecords
    package static let arcSets = ARCChain.mostSets
    package static let authorDomains = AuthorDomains.mostDomains
    package static let policyDomains = DMARCDiscovery.mostSteps
    package static let spfLookups = SPFBudget.mostLookups
    package static let spfVoidLookups = SPFBudget.mostVoidLookups
    package static let spfNames = SPFBudget.mostNames
    package static let spfTerms = SPFRecord.mostTerms
    package static let spfExplanation = SPFEvaluation.longestExplanation
    package static let tags = TagList.mostTags
    package static let resultStatements = AuthenticationResultsReader.mostStatements
    package static let stsPolicy = STSPolicy.largest
    package static let stsHosts = STSPolicy.mostHosts
    package static let returnDays = SRS.longestAge
}
