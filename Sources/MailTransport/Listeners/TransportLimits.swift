import MailShared
import NIOCore

/// The fixed bounds of this module, for whoever lists them. Each stands where it is used.
package enum TransportLimits {
    package static let readAhead = Connection.readAhead
    package static let unsentOutput = ConnectionOptions.waterMark.high
    package static let proxyHeaderRest = ProxyHeader.longestRest
    package static let countedAddresses = SharedLayout.rateEntries
    package static let closeSeconds = Int(Connection.closeTime.nanoseconds / 1_000_000_000)
    package static let inflatedPiece = Inflater.chunk
    package static let compressors = DeflaterPool.most
    package static let monitorRequest = HTTPLimits.longestRequest
    package static let monitorPath = HTTPLimits.longestPath
    package static let monitorSeconds = Int(HTTPLimits.longestExchange.nanoseconds / 1_000_000_000)
    package static let lingerSeconds = Int(Connection.lingerTime.nanoseconds / 1_000_000_000)
}
