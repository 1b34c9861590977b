extension TrailFilter {
    /// What the index by which a message was found has not looked at.
    func admits(_ story: TrailStory) -> Bool {
        admitsSender(of: story) && admitsRecipient(of: story) && admitsHeader(of: story) && admitsTime(of: story)
            && admitsAccount(of: story)
    }

    private func admitsSender(of story: TrailStory) -> Bool {
        guard let sender else { return true }
        guard let arrival = story.arrival else { return false }
        return Self.fits(arrival.sender, sender)
    }

    private func admitsRecipient(of story: TrailStory) -> Bool {
        guard let recipient else { return true }
        return story.steps.contains { !$0.recipient.isEmpty && Self.fits($0.recipient, recipient) }
    }

    private func admitsHeader(of story: TrailStory) -> Bool {
        guard let messageID else { return true }
        return story.arrival?.messageID == TrailReader.headerForm(messageID)
    }

    /// Something of it happened then.
    private func admitsTime(of story: TrailStory) -> Bool {
        let (from, to) = (since ?? .min, until ?? .max)
        func fits(_ moment: Int64) -> Bool { moment >= from && moment < to }
        return fits(story.at) || story.steps.contains { fits($0.at) }
    }

    private func admitsAccount(of story: TrailStory) -> Bool {
        guard let account else { return true }
        return story.account == account || story.steps.contains { $0.account == account }
    }

    private static func fits(_ address: String, _ wanted: String) -> Bool {
        let key = TrailWriter.key(address)
        return wanted.hasPrefix("@") ? key.hasSuffix(wanted.lowercased()) : key == TrailWriter.key(wanted)
    }
}
