internal import MailMessage

extension DirectoryReader {
    /// What somebody set at one level.
    package func featureRules(of scope: RuleScope) throws -> [Feature: Bool] {
        let (code, id) = try key(of: scope)
        return try featureRules(code, id)
    }

    package func features(of entry: AccountEntry) throws -> EffectiveFeatures {
        var levels: [(rules: [Feature: Bool], source: RuleSource)] = [
            (try featureRules(QuotaScope.accountCode, entry.id.value), .account)
        ]
        if let name = entry.organisation {
            let rules = try levelRules(QuotaScope.organisationCode, name.text) { try organisationID(name) }
            levels.append((rules, .organisation(name)))
        }
        levels += try classRules(of: entry)
        levels.append((try levelRules(QuotaScope.standardCode, "") { 0 }, .standard))
        var states: [Feature: EffectiveFeatures.State] = [:]
        for feature in Feature.allCases {
            guard let level = levels.first(where: { $0.rules[feature] != nil }) else { continue }
            states[feature] = .init(isOn: level.rules[feature] ?? true, source: level.source)
        }
        return EffectiveFeatures(states)
    }

    /// Whoever is several things may do what one of them may: what is on comes first.
    private func classRules(of entry: AccountEntry) throws -> [(rules: [Feature: Bool], source: RuleSource)] {
        let classes = (entry.accountClass.map { [$0] } ?? []) + entry.furtherClasses
        let levels = try classes.map { name in
            (try levelRules(QuotaScope.classCode, name.text) { try classID(name) }, RuleSource.accountClass(name))
        }
        return levels.map { ($0.0.filter(\.value), $0.1) } + levels
    }

    /// Whom an account's people ask.
    package func contact(of entry: AccountEntry) throws -> String {
        guard let name = entry.organisation else { return "" }
        return try database("SELECT contact FROM organisation WHERE name = $1").text(name.text) ?? ""
    }

    /// For nobody the same questions are asked, so that they take the same time.
    package func loginFacts(of account: AccountID?, handle: AppPasswordHandle?) throws -> LoginFacts {
        let entry = try self.account(account ?? AccountID(0))
        return LoginFacts(
            credential: try credential(of: account ?? AccountID(0)),
            former: try formerPassword(of: account ?? AccountID(0), now: now),
            appPassword: try handle.flatMap(appPassword),
            features: try entry.map(features) ?? EffectiveFeatures([:]), contact: try entry.map(contact) ?? "")
    }

    /// Rules of organisations and classes are read once in a closure.
    private func levelRules(_ code: Int64, _ name: String, _ id: () throws -> Int64) throws -> [Feature: Bool] {
        let key = FeatureLevelKey(scope: code, name: name)
        if let known = knownFeatures[key] { return known }
        let rules = try featureRules(code, try id())
        knownFeatures[key] = rules
        return rules
    }

    private func featureRules(_ code: Int64, _ id: Int64) throws -> [Feature: Bool] {
        var rules: [Feature: Bool] = [:]
        try database("SELECT feature, is_on FROM feature_rule WHERE scope = $1 AND scope_id = $2").each(code, id) {
            if let feature = Feature(rawValue: $0.text(0)) { rules[feature] = $0.bool(1) }
        }
        return rules
    }
}

struct FeatureLevelKey: Hashable {
    let scope: Int64
    let name: String
}

extension DirectoryTransaction {
    /// `isOn` of nil takes the rule of this level away. True when that was a change.
    @discardableResult
    package func setFeature(_ feature: Feature, _ isOn: Bool?, for scope: RuleScope) throws -> Bool {
        if case .account(let id) = scope { _ = try liveAccount(id) }
        let (code, id) = try key(of: scope)
        let before = try featureRules(of: scope)[feature]
        guard before != isOn else { return false }
        if let isOn {
            try database(
                """
                INSERT INTO feature_rule (scope, scope_id, feature, is_on) VALUES ($1, $2, $3, $4)
                ON CONFLICT (scope, scope_id, feature) DO UPDATE SET is_on = $4
                """
            ).run(code, id, feature.rawValue, isOn)
        } else {
            try database("DELETE FROM feature_rule WHERE scope = $1 AND scope_id = $2 AND feature = $3").run(
                code, id, feature.rawValue)
        }
        knownFeatures = [:]
        try record("feature \(feature.rawValue)", scope.description, Self.text(before), Self.text(isOn))
        return true
    }

    func removeFeatures(_ code: Int64, _ id: Int64) throws {
        knownFeatures = [:]
        try database("DELETE FROM feature_rule WHERE scope = $1 AND scope_id = $2").run(code, id)
    }

    private static func text(_ rule: Bool?) -> String { rule.map { $0 ? "on" : "off" } ?? "inherited" }
}

extension Directory {
    /// Always from the database: a changed password, a revoked one, a switch count at the next login.
    package func loginFacts(of account: AccountID?, handle: AppPasswordHandle?) async throws(StoreError) -> LoginFacts {
        try await read { try $0.loginFacts(of: account, handle: handle) }
    }

    /// Kept in memory and written with the next batch, at most a second later; never waits.
    package func noteUse(of handle: AppPasswordHandle, service: String, from: String) {
        appPasswordUses.note(handle, .init(at: clock(), service: service, from: from))
    }
}
