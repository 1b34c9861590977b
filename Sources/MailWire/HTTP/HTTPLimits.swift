/// What a request may have. Programs and people's forms need a small part of it.
package enum HTTPWireLimits {
    /// RFC 9112 §3 recommends at least 8,000 octets for the request line.
    package static let longestRequestLine = 8_192
    package static let longestField = 8_192
    package static let mostFields = 100
    /// Of all fields together.
    package static let largestHead = 32_768
    /// Of a line that says how long a chunk is, extensions included.
    package static let longestChunkLine = 256
    /// Pairs of a form or a query.
    package static let mostPairs = 200
}
