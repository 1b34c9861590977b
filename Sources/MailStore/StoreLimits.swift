/// The fixed bounds of this module, for whoever lists them. Each stands where it is used.
package enum StoreLimits {
    package static let batch = DatabaseLane.batchLimit
    package static let journalBytes = SQLConnection.journalSizeLimit
    package static let lockSeconds = Int(SQLConnection.busyRounds) * 3 / 2_000  // 1 and 2 ms in turn
    package static let spoolChunk = MessageSpool.chunkSize
    package static let crowdedSpoolChunk = MessageSpool.crowdedChunkSize
    package static let cachedAddresses = DirectoryCache.limit
    package static let largestCachedAnswer = DirectoryCache.largestAnswer
    package static let waitingHints = HintBuffer.limit
    package static let recentHints = HintBuffer.recentLimit
    package static let longestQueueError = QueueWriter.longestError
    package static let vanishedRanges = Account.vanishedLimit
    package static let threadKeys = StorableMessage.threadKeyLimit
    package static let unindexedMessages = Account.indexingThreshold
    package static let waitingIndexes = Indexer.waitingLimit
    package static let searchCandidates = SQLConnection.candidateLimit
    package static let waitingPasswordUses = AppPasswordUses.limit
    package static let directoryText = DirectoryText.maximumLength
    package static let waitingEvents = TrailBuffer.mostWaiting
    package static let eventText = TrailWriter.longestText
    package static let eventAddress = TrailWriter.longestAddress
    package static let eventMessageID = TrailWriter.longestMessageID
    package static let stepsOfAMessage = TrailReader.mostSteps
    package static let trailCandidates = Trail.mostCandidates
    package static let messagesOfOneName = Trail.mostOfOneName
    package static let recentDevices = RecentDevice.mostDevices
    package static let deviceClient = RecentDevice.longestClient
    package static let waitingDevices = DeviceNotes.limit
    package static let vacationAnswers = Directory.mostAnswers
    package static let webClient = WebSessions.longestClient
    package static let webAddress = WebSessions.longestAddress
    package static let webLinks = WebLinks.mostLinks
    package static let webLinkSeconds = Int(WebLinks.longestLife)
    package static let countedRecipients = SendingLimits.mostRecipients
}
