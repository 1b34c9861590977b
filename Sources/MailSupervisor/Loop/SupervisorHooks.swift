/// What a supervisor needs of the program around it.
package struct SupervisorHooks {
    package enum Level: Sendable { case event, problem }

    /// For whoever watches from outside: systemd, or the one who waits for the ready line.
    package enum News {
        /// All workers of the first generation listen.
        case ready([ListeningSocket])
        case reloading
        /// The reload has ended, well or not.
        case reloaded
        case stopping
        /// The loop has turned; at least this often when `aliveEvery` is set. Whole: every role has a worker that is ready.
        case alive(isWhole: Bool)
    }

    /// Reads the configuration again. Called on the supervisor's only thread.
    package var load: () throws(RequestRefusal) -> ServerShape
    package var log: (Level, _ event: String, _ fields: [(String, String)]) -> Void
    package var tell: (News) -> Void
    /// The keys of session tickets with a fresh one before them.
    package var rotated: (_ tickets: [UInt8]) -> [UInt8]
    package var aliveEvery: Duration?

    package init(
        load: @escaping () throws(RequestRefusal) -> ServerShape,
        log: @escaping (Level, String, [(String, String)]) -> Void,
        tell: @escaping (News) -> Void,
        rotated: @escaping ([UInt8]) -> [UInt8],
        aliveEvery: Duration? = nil
    ) {
        self.load = load
        self.log = log
        self.tell = tell
        self.rotated = rotated
        self.aliveEvery = aliveEvery
    }
}
