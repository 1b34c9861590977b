/// NOTIFY (RFC 5465 §8).
extension IMAPParser {
    // notify = "NOTIFY" SP ("SET" [SP "STATUS"] SP event-groups / "NONE")
    mutating func notify() throws(SyntaxError) -> NotifyCommand {
        try cursor.expectSpace()
        let start = cursor.offset
        switch try expectWord("SET or NONE") {
        case "SET": return .set(try notifyRequest())
        case "NONE": return .nothing
        default: throw cursor.failure(.invalid, "SET or NONE", at: start)
        }
    }

    // event-groups = event-group *(SP event-group)
    private mutating func notifyRequest() throws(SyntaxError) -> NotifyRequest {
        var request = NotifyRequest()
        try cursor.expectSpace()
        if cursor.peek() != UInt8(ascii: "(") {
            let start = cursor.offset
            guard try expectWord("STATUS or an event group") == "STATUS" else {
                throw cursor.failure(.invalid, "STATUS or an event group", at: start)
            }
            request.wantsStatus = true
            try cursor.expectSpace()
        }
        repeat {
            guard request.groups.count < IMAPLimits.notifyGroups else {
                throw cursor.failure(.limit, "at most \(IMAPLimits.notifyGroups) of event groups")
            }
            try eventGroup(of: &request)
        } while cursor.space()
        return request
    }

    // event-group = "(" filter-mailboxes SP events ")"
    private mutating func eventGroup(of request: inout NotifyRequest) throws(SyntaxError) {
        try cursor.expectByte(UInt8(ascii: "("), "an event group in parentheses")
        let start = cursor.offset
        let filter = try notifyFilter()
        // RFC 5465 §6.1: one of the two, once.
        if filter.isSelected, request.groups.contains(where: \.filter.isSelected) {
            throw cursor.failure(.invalid, "SELECTED or SELECTED-DELAYED only once", at: start)
        }
        try cursor.expectSpace()
        var group = NotifyGroup(filter)
        request.namesUnknownEvent = try events(of: &group) || request.namesUnknownEvent
        try cursor.expectByte(UInt8(ascii: ")"), "a closing parenthesis behind the events")
        request.groups.append(group)
    }

    private mutating func notifyFilter() throws(SyntaxError) -> NotifyFilter {
        var trial = cursor
        switch trial.run(of: IMAPBytes.atom)?.asciiUppercasedText {
        case "SELECTED":
            cursor = trial
            return .selected(isDelayed: false)
        case "SELECTED-DELAYED":
            cursor = trial
            return .selected(isDelayed: true)
        default: return .mailboxes(try mailboxFilter())
        }
    }

    // events = ("(" event *(SP event) ")") / "NONE"
    /// True when one of them is unknown here.
    private mutating func events(of group: inout NotifyGroup) throws(SyntaxError) -> Bool {
        let start = cursor.offset
        guard cursor.peek() == UInt8(ascii: "(") else {
            guard try expectWord("NONE or events in parentheses") == "NONE" else {
                throw cursor.failure(.invalid, "NONE or events in parentheses", at: start)
            }
            return false
        }
        var found = FoundEvents(group: group)
        _ = try nonEmptyList(of: "events", limit: IMAPLimits.notifyEvents) { parser throws(SyntaxError) in
            try parser.event(&found)
        }
        if let missing = found.missing { throw cursor.failure(.invalid, missing, at: start) }
        group = found.group
        return found.hasUnknown
    }

    private struct FoundEvents {
        var group: NotifyGroup
        var hasUnknown = false
        var hasAnnotationChange = false

        /// What RFC 5465 §5 and §6.1 ask for and is not there.
        var missing: String? {
            let events = group.events
            if group.filter.isSelected, !events.subtracting(.message).isEmpty {
                return "only message events of the selected mailbox"
            }
            guard events.contains(.messageNew) == events.contains(.messageExpunge) else {
                return "MessageNew and MessageExpunge together"
            }
            let needsBoth = events.contains(.flagChange) || hasAnnotationChange
            return needsBoth && !events.contains(.messageNew)
                ? "MessageNew and MessageExpunge beside FlagChange and AnnotationChange" : nil
        }
    }

    private mutating func event(_ found: inout FoundEvents) throws(SyntaxError) {
        let word = try expectWord("an event")
        guard let event = Self.notifyEvents[word] else {
            found.hasUnknown = true
            found.hasAnnotationChange = found.hasAnnotationChange || word == "ANNOTATIONCHANGE"
            return
        }
        found.group.events.formUnion(event)
        guard event == .messageNew, cursor.peek() == 0x20, cursor.peek(1) == UInt8(ascii: "(") else { return }
        _ = cursor.space()
        guard found.group.filter.isSelected else {
            throw cursor.failure(.invalid, "fetch items only for the selected mailbox", at: cursor.offset)
        }
        found.group.fetchItems = try fetchItemList()
    }

    private static let notifyEvents: [String: NotifyEvents] = Dictionary(
        NotifyEvents.names.map { ($0.name.uppercased(), $0.event) }, uniquingKeysWith: { first, _ in first })
}
