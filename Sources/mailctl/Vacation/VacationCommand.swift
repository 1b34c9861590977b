import ArgumentParser

struct VacationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vacation", abstract: "What accounts answer while their owners are away.",
        discussion: """
            Each sender gets one answer in so many days, and only for mail that names the account in To or Cc. Lists, programs,
            other answers and junk get none (RFC 3834, RFC 5230).
            """, subcommands: [VacationShow.self, VacationSet.self, VacationUnset.self])
}
