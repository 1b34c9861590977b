/// `[trail]`: what is known of each message's way, for mailctl trace.
package struct TrailSection: Sendable, Equatable {
    package var keep = 30 * 86_400

    static let keys: [ConfigurationKey<TrailSection>] = [
        .init(
            "keep", \.keep, .span(86_400...31_536_000),
            "So long it is known what happened to a message: from whom, to whom, when, and what remote servers said. Subjects and "
                + "texts are never kept there. A message costs about 1 kB.")
    ]
}
