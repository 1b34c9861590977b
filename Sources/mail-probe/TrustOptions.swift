import ArgumentParser
import MailProbe

/// What counts as a fault.
struct TrustOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Trust these authorities instead of the system's.", valueName: "pem"), completion: .file())
    var caFile: String?
    @Option(help: ArgumentHelp("The name to ask for and to find in the certificate.", valueName: "name"))
    var servername: String?
    @Option(help: ArgumentHelp("Older encryption is a fault: 1.2 or 1.3.", valueName: "version"))
    var minTls = "1.2"
    @Option(help: ArgumentHelp("Warn when a certificate ends within so many days.", valueName: "days")) var warnDays =
        21
    @Option(help: ArgumentHelp("From then on it is critical.", valueName: "days")) var critDays = 7
    @Option(help: ArgumentHelp("Only these checks; several with commas.", valueName: "check")) var only: [String] = []
    @Option(help: ArgumentHelp("Not these.", valueName: "check")) var skip: [String] = []
    @Option(help: ArgumentHelp("Ends with a code from then on: warning or critical.", valueName: "status"))
    var failOn = "warning"

    func validate() throws {
        guard ["1.2", "1.3"].contains(minTls) else { throw ValidationError("--min-tls \(minTls): write 1.2 or 1.3") }
        guard ["warning", "critical"].contains(failOn) else {
            throw ValidationError("--fail-on \(failOn): write warning or critical")
        }
        guard warnDays >= 0, critDays >= 0 else { throw ValidationError("days are not negative") }
    }
}
