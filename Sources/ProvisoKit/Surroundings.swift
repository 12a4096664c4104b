// The clock and the chance of the machine: the one place where Proviso asks for either.

import Glibc

/// What a command may know of the moment it runs in.
package enum Surroundings {
  /// The time of the machine's clock, to the second: `2026-06-30T09:00:00Z`.
  package static func now() -> String {
    var moment = timespec()
    clock_gettime(CLOCK_REALTIME, &moment)
    var parts = tm()
    gmtime_r(&moment.tv_sec, &parts)
    let padded: (Int32, Int) -> String = { number, width in
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let day = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1, 2))"
    return "\(day)-\(padded(parts.tm_mday, 2))T\(padded(parts.tm_hour, 2))"
      + ":\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))Z"
  }

  /// Milliseconds on a clock that only goes forward, to tell how long something takes.
  package static func milliseconds() -> Int {
    var moment = timespec()
    clock_gettime(CLOCK_MONOTONIC, &moment)
    return moment.tv_sec * 1_000 + moment.tv_nsec / 1_000_000
  }

  /// Thirty-two bytes that nobody can guess; nil where the machine gives none.
  package static func seed() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 32)
    return getentropy(&bytes, bytes.count) == 0 ? bytes : nil
  }
}
