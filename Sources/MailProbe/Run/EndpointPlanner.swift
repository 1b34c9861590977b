internal import MailDial

/// From what the user named to the endpoints that a mail program would use.
struct EndpointPlanner {
    let request: ProbeRequest
    let deadline: Deadline

    struct Plan: Sendable {
        var endpoints: [Endpoint] = []
        var discovery: Discovery?
        var documented: DocumentedSettings
        var domain: String?
    }

    func plan() async -> Plan {
        var plan = Plan(documented: request.policy.documented)
        if let typed = request.typed {
            plan.endpoints += [typed.incoming, typed.outgoing].compactMap { $0?.endpoint }.filter {
                $0.security != .none
            }
        }
        if let domain = request.discover { await add(domain: domain, address: nil, to: &plan) }
        for target in request.targets {
            switch target {
            case .endpoint(let endpoint): plan.endpoints.append(endpoint)
            case .address(let address, let domain): await add(domain: domain, address: address, to: &plan)
            case .name(let name): await add(name: name, to: &plan)
            }
        }
        let wanted = plan.endpoints.filter { request.services.isEmpty || request.services.contains($0.service) }
        plan.endpoints = wanted.reduce(into: [], Self.add)
        return plan
    }

    /// Once; what the user named too needs no other proof.
    private static func add(to all: inout [Endpoint], _ one: Endpoint) {
        guard let place = all.firstIndex(where: { $0.url == one.url }) else { return all.append(one) }
        if one.announcer == nil { all[place].announcer = nil }
    }

    private func add(domain: String, address: String?, to plan: inout Plan) async {
        let discovery = await Discovery.look(at: domain, address: address, request.resolver, request.plan, by: step)
        use(discovery, in: &plan)
    }

    /// A name that announces mail is a domain; any other is a host with the usual ports.
    private func add(name: String, to plan: inout Plan) async {
        let records = await ServiceRecords.look(up: name, request.resolver, by: step)
        guard records.isEmpty else { return await add(domain: name, address: nil, to: &plan) }
        plan.endpoints += documentedOrUsual(on: name, plan.documented)
    }

    private func use(_ discovery: Discovery, in plan: inout Plan) {
        plan.discovery = discovery
        plan.domain = discovery.domain
        if plan.documented.source == .usual { plan.documented = discovery.settings }
        let announced = plan.documented.endpoints.isEmpty ? discovery.settings.endpoints : plan.documented.endpoints
        plan.endpoints += announced.filter { $0.security != .none }
        if announced.isEmpty { plan.endpoints += documentedOrUsual(on: discovery.domain, plan.documented) }
        if let exchanger = discovery.records.mailHosts.first {
            plan.endpoints.append(Endpoint(.smtp, .starttls, exchanger))
        }
    }

    private func documentedOrUsual(on host: String, _ documented: DocumentedSettings) -> [Endpoint] {
        let own = documented.endpoints.filter { $0.host == host && $0.security != .none }
        guard own.isEmpty else { return own }
        return [
            Endpoint(.imap, .tls, host), Endpoint(.pop3, .tls, host), Endpoint(.submission, .starttls, host),
            Endpoint(.submission, .tls, host, isOptional: true), Endpoint(.smtp, .starttls, host),
        ]
    }

    /// Names take half of the time at most: the rest is for the servers.
    private var step: Deadline { deadline.within(milliseconds: request.plan.patience.whole / 2) }
}
