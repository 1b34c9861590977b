/// One key of the file: its name, its words for the manual, and how it reads and shows one property of `Root`.
///
/// The keys stand beside the properties they describe; the manual page, the example file and `--print-config` come from them.
struct ConfigurationKey<Root: Sendable>: Sendable {
    /// Dotted, without the section: `message_size`.
    let name: String
    let kind: String
    /// One or more sentences in the operator's words.
    let documentation: String
    let isList: Bool
    let set: @Sendable (inout Root, RawValue) throws(ValueRefusal) -> Void
    let show: @Sendable (Root) -> String

    init<Value: Sendable>(
        _ name: String, _ property: any WritableKeyPath<Root, Value> & Sendable, _ kind: ValueKind<Value>,
        _ documentation: String
    ) {
        self.name = name
        self.kind = kind.name
        self.documentation = documentation
        isList = kind.isList
        set = { root, raw throws(ValueRefusal) in root[keyPath: property] = try kind.read(raw) }
        show = { kind.show($0[keyPath: property]) }
    }

    private init(
        name: String, kind: String, documentation: String, isList: Bool,
        set: @escaping @Sendable (inout Root, RawValue) throws(ValueRefusal) -> Void,
        show: @escaping @Sendable (Root) -> String
    ) {
        self.name = name
        self.kind = kind
        self.documentation = documentation
        self.isList = isList
        self.set = set
        self.show = show
    }

    /// The same key seen from one level up: `message_size` of the section `limits`.
    func below<Parent: Sendable>(
        _ section: String, _ property: any WritableKeyPath<Parent, Root> & Sendable
    ) -> ConfigurationKey<Parent> {
        ConfigurationKey<Parent>(
            name: "\(section).\(name)", kind: kind, documentation: documentation, isList: isList,
            set: { parent, raw throws(ValueRefusal) in try set(&parent[keyPath: property], raw) },
            show: { show($0[keyPath: property]) })
    }
}
