import Glibc

/// Descriptors 0, 1 and 2 that the caller closed: the next file opened would take such a number, and what is meant for people
/// would be written into it. They are taken at once, in the wrong direction, so that use of them is an error and harmless.
enum StandardDescriptors {
    static func take() {
        take(STDIN_FILENO, O_WRONLY)
        take(STDOUT_FILENO, O_RDONLY)
        take(STDERR_FILENO, O_RDWR)
    }

    private static func take(_ descriptor: Int32, _ direction: Int32) {
        guard fcntl(descriptor, F_GETFD) < 0, errno == EBADF else { return }
        // The lowest free number is this one: those below it have been taken already.
        _ = open("/dev/null", direction)
    }
}
