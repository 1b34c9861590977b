/// At which numbers a worker finds what it was given.
package enum WorkerFiles {
    package static let control: Int32 = 3
    package static let shared: Int32 = 4
    package static let configuration: Int32 = 5
    package static let firstSocket: Int32 = 6
    /// Followed by the name of the seat, for whoever reads `ps`.
    package static let option = "--worker"
    package static let mostSockets = Spawn.mostDescriptors - 3
}
