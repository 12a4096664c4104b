// Names the machine that a measurement was made on.

import Glibc
import ProvisoKit

/// What the operating system says of the machine.
struct Machine {
  let processor: String
  let processorCount: Int
  let memory: String
  let system: String

  /// Looks at this machine.
  init() {
    processor = Machine.entry("model name", in: "/proc/cpuinfo") ?? "unknown processor"
    processorCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let kilobytes = Machine.entry("MemTotal", in: "/proc/meminfo")
      .flatMap { Int($0.prefix { $0.isNumber }) }
    memory = kilobytes.map { "\(($0 + (1 << 19)) >> 20) GiB" } ?? "unknown memory"
    let name = Machine.entry("PRETTY_NAME", in: "/etc/os-release", separator: "=")
    system = name.map { $0.filter { $0 != "\"" } } ?? "Linux"
  }

  /// The value of the first entry of a name in a file of `name: value` lines.
  private static func entry(
    _ name: String, in file: String, separator: Character = ":"
  ) -> String? {
    guard let bytes = try? Files().read(file, limitBytes: 1 << 20) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: separator, maxSplits: 1)
      guard parts.count == 2, parts[0].drop(while: \.isWhitespace).hasPrefix(name) else { continue }
      return String(parts[1].drop(while: \.isWhitespace))
    }
    return nil
  }
}
