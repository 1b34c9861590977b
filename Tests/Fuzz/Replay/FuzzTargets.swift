/// Every target, as `Tests/Fuzz/targets.py` has them for the fuzzer.
enum FuzzTargets {
    static var all: [any FuzzTarget.Type] {
        [
            FuzzIMAPCommand.self, FuzzMIME.self, FuzzHeaderText.self, FuzzAddresses.self, FuzzMailboxNames.self,
            FuzzTransferCoding.self, FuzzSASL.self, FuzzConfiguration.self, FuzzSMTPCommand.self, FuzzPOP3Command.self,
            FuzzDates.self, FuzzProxyHeader.self, FuzzSearchCharset.self, FuzzPasswordHash.self, FuzzSequenceSets.self,
            FuzzSignatures.self, FuzzSenderRecords.self, FuzzDNSAnswers.self, FuzzSTSPolicies.self,
            FuzzHTTPRequest.self, FuzzIdentityTokens.self,
        ]
    }

    static let names = all.map { $0.name }

    static func check(_ name: String, _ input: [UInt8]) -> String? {
        all.first { $0.name == name }.map { $0.check(input) } ?? "no target \(name)"
    }
}
