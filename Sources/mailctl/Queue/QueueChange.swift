import MailAdmin
import MailCommand
import MailStore
import MailTool

/// One change to each of several messages, and what it came to.
enum QueueChange {
    static func run(
        _ common: CommonOptions, _ result: ResultOptions, _ choice: QueueChoice, _ word: String, asks: Bool = false,
        isAnswered: Bool = true, all: ((Administration) async throws -> Int)? = nil,
        _ change: (Administration, QueueID) async throws -> Int
    ) async throws {
        let numbers = try choice.numbers()
        var (missing, chosen): ([QueueID], Int) = ([], 0)
        var isTrying = false
        let count = try await common.withStore { administration in
            if choice.all, let all { return try await all(administration) }
            let ids = try await choice.ids(numbers, administration)
            chosen = ids.count
            if asks, !ids.isEmpty {
                try Confirmation.ask(
                    "take \(Value.count(ids.count, "message")) out for good", isAnswered: isAnswered,
                    isAllowedToAsk: !common.noInput)
            }
            var count = 0
            for id in ids {
                let changed = try await change(administration, id)
                if changed == 0 { missing.append(id) }
                count += changed
            }
            if let first = missing.first { isTrying = try await administration.isTrying(first) }
            return count
        }
        try common.say(
            "\(word) \(Value.count(count, "recipient"))", result,
            [("outcome", .text(count > 0 ? word : "unchanged")), ("recipients", .integer(Int64(count)))])
        guard choice.isByNumber || !choice.entries.isEmpty, let first = missing.first else { return }
        guard !isTrying else {
            throw ToolError(
                chosen == 1 ? .tryAgain : .finding, "being_tried", "message \(first) is being tried just now",
                hint: "repeat in a moment: by then it has gone, or waits")
        }
        let words = "nothing of message \(first) could be \(word)"
        throw ToolError(chosen == 1 ? .noSuchObject : .finding, "not_found", words, hint: "mailctl queue list")
    }
}
