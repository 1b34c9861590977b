import Foundation
import Testing

/// Reads the sources and fails when a limit is named there that `LimitCatalogue` does not show.
@Suite struct LimitTests {
    /// Limits of the code itself, or of tools that no peer can reach.
    static let others: [String: String] = [
        "SpanText.maximumDigits": "of the operator's own texts",
        "SizeText.maximumDigits": "of the operator's own texts",
        "Punycode.largest": "RFC 3492 §3.4, a number of the algorithm",
        "Punycode.maximumScalars": "a domain is bounded already",
        "DateFieldParser.maximumLength": "a header field is bounded already",
        "Pace.longestGrace": "keeps arithmetic from overflowing", "Connection.longestTime": "the same",
        "TimeBudget.mostSeconds": "the same", "Connection.longestDrain": "shown as connection.endless_line",
        "ResidentMemory.longestText": "a file of the kernel", "OverloadGuard.descriptorLimit": "the system's",
        "PreparedPassword.maximumLength": "is PasswordHash.longestPassword", "ByteCursor.maximumDigits": "of 64 bits",
        "HeaderScan.longestMessageID": "is one line of RFC 5322", "SASLExchange.lineLimit": "is SMTPLimits.saslLine",
        "QuotaLimit.unlimited": "no limit", "StoreFormat.sizeLimit": "our own file",
        "LooseBodies.largestLocal": "SQLite's",
        "TableScan.failureLimit": "repair", "RepairSwap.asideLimit": "repair", "AccountCheck.reportLimit": "repair",
        "DirectoryReader.longestLogin": "is a login and its domain",
        "DirectoryReader.unlimited": "no limit", "IMAPSession.doneLimit": "shown as imap.idle_line",
        "TLSTicketKeys.mostKeys": "our own keys", "Readiness.longestSilence": "a pause",
        "LoginRegister.longestIgnorance": "a pause", "RateWord.mostPerMinute": "bits of a shared word",
        "SessionLimits.pace": "made of two others", "ConnectionLimits.exempt": "who is not limited",
        "FailureRecord.maximumFailures": "bits of a shared word", "MessageRow.largestSize": "repair",
        "ConnectionOptions.largestRead": "read at once; connection.read_ahead bounds what is kept",
        "CertificateNames.mostNames": "our own certificates, or a tool's peer",
        "CertificateNames.longestPart": "the same",
        "PresenceRequest.longestLine": "of the store's owner", "PresenceCall.longestAnswer": "of our own workers",
        "Stubborn.longestPause": "between attempts that go on for ever",
        "OwnNames.longestWord": "what is looked at is bounded already", "WordList.longestWord": "our own list",
        "RepeatMatcher.mostRepeats": "what is looked at is bounded already",
        "TrailPage.mostLines": "of a page", "ForgetPage.mostSubjects": "of a page",
        "HTTPBodyLength.mostDigits": "of 64 bits",
        "Piece.mostDigits": "of a character",
        "ContentSigner.mostCertificates": "of the operator's own file",
        "Refusal.maximumDigits": "of the operator's own texts", "State.heldLimit": "a window",
        "SignatureTags.mostNames": "a header field is bounded already",
        "SignatureTags.longestSignature": "a header field is bounded already",
        "SignedFields.mostOfOneName": "what we sign ourselves", "DKIMKeyTable.largest": "our own file",
        "Fault.longestSelector": "RFC 1035 §2.3.4", "Fault.largestKey": "our own file",
        "Known.mostDomains": "our own keys", "AuthenticationResults.longestValue": "what we write ourselves",
        "SPFMacroExpander.longestName": "RFC 1035 §2.3.4", "SPFMacroExpander.longestLabel": "RFC 1035 §2.3.4",
        "SPFMechanismParser.longestPrefixes": "digits", "Mode.longestAge": "RFC 8461 §3.2",
        "STSRecord.longestID": "RFC 8461 §3.1", "FoldedField.longestLine": "what we write ourselves",
        "BlockList.longestZone": "of the operator's own texts", "PublicSuffixFile.largest": "the operator's own file",
        "MilterAddress.longestPath": "of the operator's own texts",
        "QueuedContent.longestLine": "of what we wrote ourselves", "LoginFile.largest": "the operator's own file",
        "Entry.largest": "our own file", "Entry.mostFiles": "shown as relay.policy_files",
        "Entry.longestName": "a domain is bounded already",
        "State.largestFile": "our own file",
        "TLSReportAddress.longestPath": "a TXT record is bounded already",
        "TLSReportPost.largestAnswer": "nobody reads it", "TLSReportUpkeep.longestDelay": "a pause",
        "Consignment.largestWhole": "sent at once; the rest in pieces",
        "DNSMessage.longestName": "RFC 1035 §2.3.4", "DNSName.longest": "RFC 1035 §2.3.4",
        "DNSName.longestLabel": "RFC 1035 §2.3.4", "DNSQuestion.largestDatagram": "RFC 9715 §3",
        "Entry.mostSeconds": "RFC 2181 §8", "NameServers.most": "of resolv.conf(5)",
        "Channel.longestLine": "a tool's peer", "Channel.mostBytes": "a tool's peer",
        "DatagramSocket.largest": "of UDP",
        "DeskFrame.mostTexts": "of our own workers",
        "Algorithm.longestExponent": "of a key, whose document is bounded already",
        "SecretFiles.mostFiles": "our own files", "SecretFiles.largestFile": "our own files",
        "SecretFiles.longestLine": "our own files",
        "AccountSearch.mostWords": "what is looked at is bounded already",
        "FetchPlan.rowLimit": "their bodies are bounded by imap.fetch_batch",
    ]
    /// Their values are rows of the catalogue through constants of these modules.
    static let proxies = [
        "MailTransport/Listeners/TransportLimits.swift", "MailStore/StoreLimits.swift",
        "MailIdentity/LoginLimits.swift", "MailDelivery/Vacation/VacationLimits.swift",
        "MailDomainAuth/DomainAuthLimits.swift", "MailFilter/FilterLimits.swift",
        "MailRelay/RelayLimits.swift", "MailDial/DialLimits.swift",
    ]
    static let targets = [
        "MailSessions", "MailWeb", "MailDelivery", "MailIdentity", "MailStore", "MailTransport", "MailWire",
        "MailMessage",
        "MailCrypto", "MailDomainAuth", "MailFilter", "MailRelay", "MailDial", "MailOpenID",
    ]
    /// Every stored property of these is a limit.
    static let whole = [
        "SessionLimits", "ConnectionLimits", "OverloadLimits", "FailureLimits", "IMAPLimits", "SMTPLimits",
        "POP3Limits", "OpenIDLimits",
        "MessageLimits", "AliasLimits",
    ]

    @Test func noLimitIsMissing() throws {
        let shown = try Self.catalogue()
        let found = try Self.declarations()
        #expect(found.count > 100, "too few limits found: is this the source tree?")
        for limit in found where !Self.isShown(limit, in: shown) {
            Issue.record("\(limit.type).\(limit.name) is not in LimitCatalogue")
        }
    }

    /// The check itself can fail.
    @Test func aMissingLimitIsSeen() throws {
        let limit = Limit(type: "Queue", name: "maximumPatience")
        #expect(try !Self.isShown(limit, in: Self.catalogue()))
        #expect(Self.limits(in: "enum Queue {\n    static let maximumPatience = 1\n}\n") == [limit])
    }

    struct Limit: Equatable { var type, name: String }

    private static func isShown(_ limit: Limit, in text: String) -> Bool {
        others["\(limit.type).\(limit.name)"] != nil
            || text.range(of: "\\.\(limit.name)\\b", options: .regularExpression) != nil
    }

    private static func catalogue() throws -> String {
        let folder = SourceTree.root.appending(path: "MailSessions/Limits")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let own = names.map { "MailSessions/Limits/" + $0 }
        return try (own + proxies).map { try String(contentsOf: SourceTree.root.appending(path: $0), encoding: .utf8) }
            .joined()
    }

    private static func declarations() throws -> [Limit] {
        var all: [Limit] = []
        for target in targets {
            let folder = SourceTree.root.appending(path: target)
            let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
            for file in files where file.hasSuffix(".swift") && !proxies.contains("\(target)/\(file)") {
                all += limits(in: try String(contentsOf: folder.appending(path: file), encoding: .utf8))
            }
        }
        return all
    }

    static func limits(in text: String) -> [Limit] {
        var (type, all) = ("", [Limit]())
        for line in text.split(separator: "\n") {
            if let match = line.firstMatch(
                of: /^ *(?:package |private |final |indirect )*(?:enum|struct|class|actor|extension) (\w+)/)
            {
                type = String(match.1)
            }
            guard let match = line.firstMatch(of: /^ *(?:package |private |fileprivate )*(static )?(?:let|var) (\w+)/)
            else {
                continue
            }
            let name = String(match.2)
            let isNamed = name.firstMatch(of: /^(?:maximum|longest|most|largest)[A-Z]?|(?:^l|L)imit$/) != nil
            if whole.contains(type) ? !line.hasSuffix("{") : match.1 != nil && isNamed {
                all.append(Limit(type: type, name: name))
            }
        }
        return all
    }
}
