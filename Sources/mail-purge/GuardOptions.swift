import ArgumentParser
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

/// What a run may at most do, and what happens when another one is under way.
struct GuardOptions: ParsableArguments {
    enum IfLocked: String, CaseIterable, ExpressibleByArgument { case fail, skip }

    @Option(help: ArgumentHelp("End after so long; the next run goes on.", valueName: "span")) var maxTime = "1h"
    @Option(help: ArgumentHelp("Refuse to remove more; 20% of the store without it.", valueName: "n|p%"))
    var maxDelete: String?
    @Option(help: ArgumentHelp("At most so many messages a second.", valueName: "n/s")) var rate: String?
    @Option(help: ArgumentHelp("Wait for another mail-purge to end.", valueName: "span")) var lockWait = "0"
    @Option(help: ArgumentHelp("How to end when another mail-purge is at work.", valueName: "fail|skip"))
    var ifLocked = IfLocked.fail
    @ArgumentParser.Flag(name: .shortAndLong, help: "Yes to a shorter time than is set, and to the clock as it is.")
    var yes = false

    func apply(to request: inout PurgeRequest) throws(ToolError) {
        request.longest = try Self.span(maxTime, "--max-time")
        request.isConfirmed = yes
        if let maxDelete { request.ceiling = try Self.ceiling(maxDelete) }
        if let rate {
            let digits = rate.hasSuffix("/s") ? rate.dropLast(2) : rate[...]
            guard let number = Int(digits), number > 0 else {
                throw .usage("--rate \(rate): messages a second, such as 200/s")
            }
            request.rate = number
        }
    }

    /// Nil when another one is at work and that is no fault. A dry run needs none.
    func lock(_ administration: Administration, isNeeded: Bool, _ common: CommonOptions) throws -> PurgeLock? {
        guard isNeeded else { return PurgeLock(lock: nil) }
        let wait = try Self.span(lockWait, "--lock-wait")
        do {
            return PurgeLock(
                lock: try ToolLock.take(
                    "mail-purge", in: administration.store.path, waiting: wait, isStopped: { StopSignal.isReceived }))
        } catch is ToolLock.Stopped {
            throw StopSignal.error("stopped while another mail-purge was at work", hint: nil)
        } catch let busy as ToolLock.Busy {
            let who = busy.pid.map { " (pid \($0))" } ?? ""
            let since = busy.since.map { " since \(TimeText.human($0))" } ?? ""
            let words = "another mail-purge\(who) has been at work\(since)"
            guard ifLocked == .fail else {
                common.note(words)
                return nil
            }
            throw ToolError(.tryAgain, "locked", words, hint: "wait for it with --lock-wait 10m")
        }
    }

    private static func span(_ text: String, _ option: String) throws(ToolError) -> Int64 {
        guard let seconds = SpanText.parse(text) else { throw .usage("\(option) \(text): a span such as 30m or 2h") }
        return Int64(seconds)
    }

    private static func ceiling(_ text: String) throws(ToolError) -> PurgeCeiling {
        let isPercent = text.hasSuffix("%")
        guard let number = Int64(isPercent ? text.dropLast() : text[...]), number >= 0, !isPercent || number <= 100
        else {
            throw .usage("--max-delete \(text): a number of messages, or a part of the store such as 20%")
        }
        return isPercent ? .percent(number) : .messages(number)
    }
}

/// The lock, or for a dry run none.
struct PurgeLock {
    let lock: ToolLock?
}
