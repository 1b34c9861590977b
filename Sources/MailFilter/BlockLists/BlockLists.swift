package import MailDomainAuth
package import MailNetwork

/// Asks all lists about one address at once. A list that does not answer in time says nothing.
package struct BlockLists: Sendable {
    package struct Finding: Sendable, Equatable {
        package let zone: String
        /// What the list says about it; empty when it says nothing.
        package let explanation: String

        package init(zone: String, explanation: String) {
            self.zone = zone
            self.explanation = explanation
        }
    }

    package static let mostLists = 32
    static let longestExplanation = 200

    private let lists: [BlockList]
    private let records: any DomainRecords
    private let patience: Duration

    package init(_ lists: [BlockList], _ records: any DomainRecords, patience: Duration = .seconds(5)) {
        self.lists = Array(lists.prefix(Self.mostLists))
        self.records = records
        self.patience = patience
    }

    package var isEmpty: Bool { lists.isEmpty }

    /// The first block list, in the order of the configuration, that has the address; nil when an allow list has it too.
    package func find(_ address: IPAddress) async -> Finding? {
        guard !lists.isEmpty, !address.isLoopback, !address.isPrivate else { return nil }
        var answers = ListAnswers(lists)
        let (news, teller) = AsyncStream.makeStream(of: ListAnswers.News.self)
        let questions = lists.indices.map { place in Task { await ask(place, address, teller) } }
        let clock = Task { [patience] in
            try? await Task.sleep(for: patience)
            teller.finish()
        }
        for await piece in news {
            answers.take(piece)
            if answers.isDecided { break }
        }
        clock.cancel()
        questions.forEach { $0.cancel() }
        return answers.finding
    }

    private func ask(_ place: Int, _ address: IPAddress, _ teller: AsyncStream<ListAnswers.News>.Continuation) async {
        guard let list = lists.indices.contains(place) ? lists[place] : nil else { return }
        let question = list.question(about: address)
        guard case .found(let found) = await records.addresses(of: question, .v4), list.lists(found) else {
            teller.yield(ListAnswers.News(place: place, isListed: false, explanation: ""))
            return
        }
        teller.yield(ListAnswers.News(place: place, isListed: true, explanation: list.isAllowList ? "" : nil))
        guard !list.isAllowList else { return }
        var explanation = ""
        if case .found(let texts) = await records.texts(of: question) { explanation = texts.joined(separator: " ") }
        teller.yield(ListAnswers.News(place: place, isListed: true, explanation: Self.clean(explanation)))
    }

    /// It stands in a reply: printable ASCII alone.
    static func clean(_ text: String) -> String {
        String(decoding: text.utf8.filter { (0x20...0x7e).contains($0) }.prefix(longestExplanation), as: UTF8.self)
    }
}

/// What has been heard so far. Pure.
struct ListAnswers {
    struct News: Sendable {
        let place: Int
        let isListed: Bool
        /// Nil: it is still being asked for.
        let explanation: String?
    }

    private let lists: [BlockList]
    private var heard: [Int: News] = [:]

    init(_ lists: [BlockList]) { self.lists = lists }

    mutating func take(_ news: News) { heard[news.place] = news }

    /// Nothing that can still come would change anything.
    var isDecided: Bool {
        if isAllowed { return true }
        return lists.indices.allSatisfy { heard[$0].map { $0.explanation != nil } ?? false }
    }

    var finding: BlockLists.Finding? {
        guard !isAllowed else { return nil }
        return zip(lists.indices, lists).lazy.compactMap { place, list -> BlockLists.Finding? in
            guard !list.isAllowList, let news = heard[place], news.isListed else { return nil }
            return BlockLists.Finding(zone: list.zone, explanation: news.explanation ?? "")
        }.first
    }

    private var isAllowed: Bool {
        zip(lists.indices, lists).contains { $1.isAllowList && heard[$0]?.isListed == true }
    }
}
