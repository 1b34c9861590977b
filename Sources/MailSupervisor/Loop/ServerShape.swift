/// What a configuration asks of the supervisor. The rest of it is for the workers, which read the text.
package struct ServerShape: Sendable, Equatable {
    /// The configuration in force, as a file that gives the same.
    package var text: String
    /// What cannot change while a worker runs: the text without the certificates. Equal: a reload ends no session.
    package var fixedText: String
    package var certificates: [CertificateFiles]
    package var seats: [WorkerSeat]
    package var ports: [WantedPort]
    package var rules: WorkerRules
    /// How long the key of session tickets is the newest.
    package var ticketRotation = Duration.seconds(86_400)

    package init(
        text: String, fixedText: String, certificates: [CertificateFiles], seats: [WorkerSeat], ports: [WantedPort],
        rules: WorkerRules
    ) {
        self.text = text
        self.fixedText = fixedText
        self.certificates = certificates
        self.seats = seats
        self.ports = ports
        self.rules = rules
    }
}

/// What the workers of one generation are started with.
struct GenerationMaterials {
    var shape: ServerShape
    /// A memory file with the shape's text.
    var text: Int32
    var sockets: [ListeningSocket]
}
