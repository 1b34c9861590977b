/// How an attempt to log in ended. Only `success` may let anybody in; the others differ for the log and, where the
/// protocol allows, for the user's text.
package enum LoginOutcome: Sendable {
    case success(Admission)
    /// Name or password is wrong; which of them is never told.
    case wrong
    /// It was the password until the last change. Told only where the owner has come in from lately; everybody else hears
    /// that it is wrong. Counted nowhere: it is a device that has not heard of the new one.
    case passwordChanged(isTold: Bool)
    /// Too many failures: nothing was checked; try again after so many seconds.
    case locked(retryAfter: Int)
    /// The password is right, the account is suspended.
    case suspended
    /// The password is right, and this way in is not open to it.
    case refused(LoginRefusal)
    /// The account exists and has no password yet.
    case noPassword
    /// The directory cannot be read now, or the credential is of a kind that this mechanism cannot use.
    case unavailable

    /// What a device that is told shows its owner. One line of ASCII.
    package static let changedWords = "The password has been changed: enter the new one on this device"

    package var admission: Admission? {
        if case .success(let admission) = self { admission } else { nil }
    }
}
