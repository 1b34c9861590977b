/// The reader's mail program: remedies call its settings what it calls them itself.
package enum MailProgram: String, Sendable, CaseIterable {
    case any, thunderbird, outlook, apple, android, k9

    /// nil for a word that is not one of the programs'.
    func word(_ name: String, in language: Language) -> String? {
        ProgramWord(rawValue: name).map { words[$0][language] }
    }

    private var words: ProgramWords {
        switch self {
        case .any: .any
        case .thunderbird: .thunderbird
        case .outlook: .outlook
        case .apple: .apple
        case .android: .android
        case .k9: .k9
        }
    }
}

/// What sentences may name beside facts. A program that lacks a setting has words that are true there nevertheless.
enum ProgramWord: String, CaseIterable {
    /// Fit behind "choose"; labels bring their own quotes.
    case ssl, starttls
    case noEncryption = "no_encryption"
    case normalPassword = "normal_password"
    /// Fits behind "the field".
    case prefixField = "prefix_field"
    /// Fit behind "in".
    case incomingSettings = "incoming_settings"
    case outgoingSettings = "outgoing_settings"
    /// Whole steps, where one program wants a tick and another a choice.
    case emptyPrefix = "empty_prefix"
    case outgoingLogin = "outgoing_login"
    case fewerConnections = "fewer_connections"
}

struct ProgramWords: Sendable {
    var ssl = Text("\"SSL/TLS\"", sv: "”SSL/TLS”")
    var starttls = Text("\"STARTTLS\"", sv: "”STARTTLS”")
    var noEncryption = Text("\"None\"", sv: "”Ingen”")
    var normalPassword: Text
    var prefixField: Text
    var incomingSettings: Text
    var outgoingSettings: Text
    var emptyPrefix: Text
    var outgoingLogin: Text
    var fewerConnections = Text(
        "close the mail program on devices that you do not use now",
        sv: "stäng e-postprogrammet på enheter som du inte använder just nu")

    subscript(word: ProgramWord) -> Text {
        switch word {
        case .ssl: ssl
        case .starttls: starttls
        case .noEncryption: noEncryption
        case .normalPassword: normalPassword
        case .prefixField: prefixField
        case .incomingSettings: incomingSettings
        case .outgoingSettings: outgoingSettings
        case .emptyPrefix: emptyPrefix
        case .outgoingLogin: outgoingLogin
        case .fewerConnections: fewerConnections
        }
    }
}
