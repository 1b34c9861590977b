import MailWeb
import MailWire

extension LimitCatalogue {
    /// Of requests to the pages.
    static var http: [LimitRow] {
        [
            .bytes(
                "http.request_line", HTTPWireLimits.longestRequestLine, rfc: "RFC 9112 §3",
                "at least 8,000 is asked for"),
            .bytes("http.field", HTTPWireLimits.longestField, rfc: "RFC 9110 §5.4", "of one line"),
            .count("http.fields", HTTPWireLimits.mostFields, rfc: "RFC 9110 §5.4", "programs send twenty"),
            .bytes(
                "http.head", HTTPWireLimits.largestHead, rfc: "RFC 9110 §5.4", "of all fields together; of trailers too"
            ),
            .bytes("http.body", WebLimits.largestBody, "a form with its texts; more is refused before it comes"),
            .bytes(
                "http.chunk_line", HTTPWireLimits.longestChunkLine, rfc: "RFC 9112 §7.1.1", "extensions are not read"),
            .count("http.pairs", HTTPWireLimits.mostPairs, "of a form or a query"),
            .count("http.empty_lines", HTTPSession.mostEmptyLines, rfc: "RFC 9112 §2.2", "before a request"),
            .count("http.requests", HTTPSession.mostRequests, "of one connection"),
            .seconds(
                "http.idle", HTTPSession.idleSeconds, rfc: "RFC 9112 §9.8",
                "between two requests, and for a request line"),
            .seconds(
                "http.request", HTTPSession.requestSeconds, "from the end of the request line to the end of the body"),
            .bytes("http.login_name", WebLimits.longestName, "as it is typed"),
            .count("http.reason", WebLimits.longestReason, "characters of why somebody changed another's account"),
            .count("http.allowance", WebLimits.mostAllowance, "recipients a day that a helpdesk may allow"),
            .count("http.allowance_days", WebLimits.mostAllowanceDays, "for so many days"),
            .count("http.rows", WebLimits.mostRows, "of a list on a page; the others are counted"),
            .count("http.xml_elements", XMLLimits.mostElements, "of a request in XML; Outlook's has four"),
            .count("http.xml_levels", XMLLimits.mostLevels, "the same"),
            .count("http.xml_attributes", XMLLimits.mostAttributes, "of an element"),
            .bytes("http.xml_name", XMLLimits.longestName, "of an element or attribute"),
        ]
    }
}
