/// What a domain announces, as lines and as facts.
struct DiscoveryReport {
    private let discovery: Discovery?
    private let language: Language

    init(_ discovery: Discovery?, _ language: Language) { (self.discovery, self.language) = (discovery, language) }

    var lines: [String] {
        guard let discovery else { return [] }
        let heading = Text("What a mail program finds for {domain}:", sv: "Vad ett e-postprogram hittar för {domain}:")
        var lines = [heading.filled(["domain": .text(discovery.domain)], in: language)]
        lines += rows(Text("DNS records", sv: "DNS-poster"), discovery.recordLines.map { "\($0.name)  \($0.value)" })
        lines += rows(
            Text("configuration file", sv: "konfigurationsfil"),
            discovery.autoconfig.map { [$0.place] + $0.settings.endpoints.map(\.url) } ?? [])
        lines += rows(Text("names that Thunderbird tries", sv: "namn som Thunderbird provar"), discovery.guesses)
        lines += rows(
            Text("what it would use", sv: "vad det skulle använda"),
            discovery.settings.endpoints.filter { !$0.isOptional }.map(\.url))
        return lines + [""]
    }

    private func rows(_ title: Text, _ values: [String]) -> [String] {
        let none = Text("none", sv: "inga")
        return ["  \(title[language]):"] + (values.isEmpty ? ["    " + none[language]] : values.map { "    " + $0 })
    }
}
