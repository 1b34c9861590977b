import Glibc
import MailMessage

extension MailDate {
    /// As the clocks of this place show the moment.
    static func here(_ moment: EpochSeconds) -> MailDate {
        var time = time_t(moment)
        var parts = tm()
        localtime_r(&time, &parts)
        return MailDate(seconds: moment, zoneMinutes: parts.tm_gmtoff / 60)
    }
}
