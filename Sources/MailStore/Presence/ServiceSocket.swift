internal import CGlibc
internal import Glibc
internal import MailMessage
internal import Synchronization

/// What one process of the server does for another: a frame in, a frame out, over `run/NAME`, which nobody but root and the
/// store's owner can reach. Each request has a thread and a time; beyond `slots` the others wait in the kernel.
package final class ServiceSocket: Sendable {
    static let backlog: Int32 = 64
    /// For a request to be there, and for its answer to be taken: whoever asks is a process of our own.
    static let patience = 5

    private let folder: String
    private let name: String
    private let slots: Int
    private let listener = Mutex<Int32>(-1)

    package init(store: String, name: String, slots: Int) {
        folder = store + "/run"
        self.name = name
        self.slots = max(1, slots)
    }

    deinit { close() }

    /// Answers from now on. Whoever answered under this name before hears no new request.
    package func open(_ answer: @escaping @Sendable ([UInt8]) -> [UInt8]) throws(StoreError) {
        do {
            try StoreFolder.make(folder)
            // The name goes over at once: nobody who asks finds none.
            let draft = "\(name).\(getpid())-\(BodyFiles.randomName())"
            let made = try PresenceName(folder: folder, name: draft).listen(backlog: Self.backlog)
            guard rename("\(folder)/\(draft)", "\(folder)/\(name)") == 0 else {
                let code = errno
                unlink("\(folder)/\(draft)")
                Glibc.close(made)
                throw StoreError.system("rename", name, errno: code)
            }
            listener.withLock { $0 = made }
            let slots = slots
            StoreThread.start { Self.serve(made, Slots(slots), answer) }
        } catch {
            throw StoreError(wrapping: error)
        }
    }

    /// The name stays: it may be a successor's by now, and one that leads nowhere says so.
    package func close() {
        let open = listener.withLock { listener in
            defer { listener = -1 }
            return listener
        }
        if open >= 0 { shutdown(open, Int32(SHUT_RDWR)) }  // its thread closes it
    }

    private static func serve(_ listener: Int32, _ slots: Slots, _ answer: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        defer { Glibc.close(listener) }
        while true {
            slots.take()
            let client = accept4(listener, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
            if client < 0 {
                slots.give()
                guard errno == EINTR || errno == ECONNABORTED || errno == EMFILE || errno == ENFILE else { return }
                if errno == EMFILE || errno == ENFILE { usleep(100_000) }
                continue
            }
            let turn = Turn(FrameStream(client), slots)
            StoreThread.start { turn.take(answer) }
        }
    }
}

/// One request; its slot is free again when it is gone, also where the system gave no thread.
private final class Turn: Sendable {
    private let stream: FrameStream
    private let slots: Slots

    init(_ stream: FrameStream, _ slots: Slots) { (self.stream, self.slots) = (stream, slots) }

    deinit { slots.give() }

    func take(_ answer: ([UInt8]) -> [UInt8]) {
        guard let request = stream.read(by: FrameStream.deadline(seconds: ServiceSocket.patience)) else { return }
        stream.write(answer(request), by: FrameStream.deadline(seconds: ServiceSocket.patience))
    }
}

/// So many at a time.
private final class Slots: @unchecked Sendable {  // a semaphore is for all threads
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init(_ count: Int) { sem_init(semaphore, 0, UInt32(clamping: count)) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func take() { while sem_wait(semaphore) != 0, errno == EINTR {} }
    func give() { sem_post(semaphore) }
}

/// Asks a `ServiceSocket`. Blocking.
package struct ServiceCall: Sendable {
    /// A process that has just died is replaced at once.
    private static let pause: UInt32 = 100_000
    private static let tries = 20

    private let folder: String
    private let name: String

    package init(store: String, name: String) {
        folder = store + "/run"
        self.name = name
    }

    /// nil: nobody answers, or not in time.
    package func ask(_ request: [UInt8], seconds: Int) -> [UInt8]? {
        for attempt in 1...Self.tries {
            if let socket = try? PresenceName(folder: folder, name: name).reach() {
                let (stream, deadline) = (FrameStream(socket), FrameStream.deadline(seconds: seconds))
                return stream.write(request, by: deadline) ? stream.read(by: deadline) : nil
            }
            if attempt < Self.tries { usleep(Self.pause) }
        }
        return nil
    }
}
