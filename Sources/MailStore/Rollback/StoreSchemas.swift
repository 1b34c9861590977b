/// Which versions of the tables this program makes and reads; two programs with the same may take turns with one store.
package enum StoreSchemas {
    package static var current: String {
        [
            DirectorySchema.schema, QueueSchema.schema, AccountSchema.schema, TrailSchema.schema, SendingSchema.schema,
            GreylistSchema.schema,
        ]
        .map { "\($0.name)-\($0.version)" }.joined(separator: ".")
    }

    /// Snapshots lie in the store itself, those of one version of the tables in a folder: who rolls back finds what he can read.
    package static func snapshots(of store: String) -> String { "\(store)/snapshots/\(current)" }
}

extension MailStore {
    package static func exists(at path: String) -> Bool { StoreFolder.exists(StoreFormat.path(in: path)) }

    /// Of the file system where something will be made, below the nearest folder that is there.
    package static func freeBytes(for path: String) -> Int64? {
        var folder = path
        while !StoreFolder.exists(folder), folder != StoreFolder.parent(of: folder) {
            folder = StoreFolder.parent(of: folder)
        }
        return DiskSpace.free(folder)?.free
    }
}
