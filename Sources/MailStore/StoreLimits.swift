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
}
