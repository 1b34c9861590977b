package import MailStore

/// One switch as it stands somewhere.
package struct FeatureLine: Sendable {
    package let feature: Feature
    /// nil: this level says nothing.
    package let isOn: Bool?
    package let source: RuleSource?

    package static func lines(_ features: EffectiveFeatures) -> [FeatureLine] {
        Feature.allCases.map {
            FeatureLine(feature: $0, isOn: features[$0].isOn, source: features[$0].source)
        }
    }
}

extension Administration {
    /// What holds for an account, and who said so.
    package func features(of entry: AccountEntry) async throws(AdminError) -> [FeatureLine] {
        FeatureLine.lines(try await reading { try $0.features(of: entry) })
    }

    /// What somebody set at one level.
    package func features(at scope: RuleScope) async throws(AdminError) -> [FeatureLine] {
        try await requireScope(scope)
        let rules = try await reading { try $0.featureRules(of: scope) }
        return Feature.allCases.map { FeatureLine(feature: $0, isOn: rules[$0], source: nil) }
    }

    /// nil takes the rule away.
    package func setFeature(_ feature: Feature, _ isOn: Bool?, for scope: RuleScope) async throws(AdminError) -> Outcome
    {
        try await requireScope(scope)
        return try await writing { try $0.setFeature(feature, isOn, for: scope) } ? .changed : .unchanged
    }

    private func requireScope(_ scope: RuleScope) async throws(AdminError) {
        switch scope {
        case .organisation(let name): try await requireGroups(name, nil)
        case .accountClass(let name): try await requireGroups(nil, name)
        case .account, .standard: break
        }
    }
}
