/// The fixed bounds of this module that strangers and filters meet, for whoever lists them. Each stands where it is used.
package enum FilterLimits {
    package static let explanation = BlockLists.longestExplanation
    package static let clientNames = ClientNames.mostNames
    package static let verdictText = SenderVerdict.longestText
    package static let macroList = MilterOptions.longestMacroList
}
