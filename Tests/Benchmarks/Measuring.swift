// Times a piece of work many times over, and starts processes.

import Glibc
import ProvisoKit

/// One line of the report: a piece of work and how long it took.
struct Row {
  let title: String
  let target: String
  let runs: Int
  let median: String
  let high: String

  /// Runs the work, after a tenth as many runs that are not counted.
  init(_ title: String, target: String, runs: Int, _ work: () -> Void) {
    for _ in 0..<max(3, runs / 10) { work() }
    var nanoseconds: [UInt64] = []
    nanoseconds.reserveCapacity(runs)
    for _ in 0..<runs {
      let start = now()
      work()
      nanoseconds.append(now() - start)
    }
    nanoseconds.sort()
    self.title = title
    self.target = target
    self.runs = runs
    median = shown(nanoseconds[runs / 2])
    high = shown(nanoseconds[runs * 99 / 100])
  }
}

/// Monotonic time in nanoseconds.
func now() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// A time in the unit that suits it, with three digits.
func shown(_ nanoseconds: UInt64) -> String {
  let (divisor, unit): (UInt64, String) =
    nanoseconds < 1_000_000 ? (1_000, "µs") : (1_000_000, "ms")
  let hundredths = (nanoseconds * 100 + divisor / 2) / divisor
  if hundredths >= 10_000 { return "\((hundredths + 50) / 100) \(unit)" }
  let fraction = hundredths % 100
  return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) \(unit)"
}

/// Takes a result, so that the work for it is not left out.
@inline(never)
func keep<Value>(_ value: Value) {
  withExtendedLifetime(value) {}
}

/// Ends the run with a remark.
func complain(_ remark: String) -> Never {
  _ = writeAll(Array((remark + "\n").utf8), to: 2)
  exit(2)
}

/// Runs a program with its output thrown away; its exit status.
func spawn(_ program: String, _ arguments: [String]) -> Int32 {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  var words = ([program] + arguments).map { strdup($0) }
  words.append(nil)
  defer { for word in words { free(word) } }
  var process: pid_t = 0
  guard posix_spawn(&process, program, &actions, nil, words, environ) == 0 else { return -1 }
  var status: Int32 = 0
  guard waitpid(process, &status, 0) == process, status & 0x7F == 0 else { return -1 }
  return (status >> 8) & 0xFF
}
