import ArgumentParser
import MailCommand

struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "Mail that is still on its way.",
        subcommands: [
            QueueList.self, QueueShow.self, QueueRetry.self, QueueFlush.self, QueueHold.self, QueueRelease.self,
            QueueRemove.self,
        ])
}
