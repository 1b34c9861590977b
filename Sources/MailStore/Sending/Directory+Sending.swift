extension DirectoryReader {
    package func sendingRule(of name: ClassName) throws -> SendingRule {
        var rule = SendingRule()
        try database("SELECT limit_name, most FROM sending_rule WHERE class_id = $1").each(try classID(name)) {
            if let limit = SendingLimit(rawValue: $0.text(0)) { rule[limit] = $0.int(1) }
        }
        return rule
    }

    /// What the classes of an account say together.
    package func sendingRule(of entry: AccountEntry) throws -> SendingRule {
        let classes = (entry.accountClass.map { [$0] } ?? []) + entry.furtherClasses
        return try classes.map(sendingRule).reduce(SendingRule()) { $0.union($1) }
    }
}

extension DirectoryTransaction {
    /// Replaces what the class says. True when that was a change.
    @discardableResult
    package func setSendingRule(_ rule: SendingRule, of name: ClassName) throws -> Bool {
        let id = try classID(name)
        let before = try sendingRule(of: name)
        guard before != rule else { return false }
        try removeSendingRule(ofClass: id)
        for (limit, most) in rule.most {
            try database("INSERT INTO sending_rule (class_id, limit_name, most) VALUES ($1, $2, $3)").run(
                id, limit.rawValue, most)
        }
        try record("sending set", QuotaScope.accountClass(name).description, before.words, rule.words)
        return true
    }

    func removeSendingRule(ofClass id: Int64) throws {
        try database("DELETE FROM sending_rule WHERE class_id = $1").run(id)
    }
}
