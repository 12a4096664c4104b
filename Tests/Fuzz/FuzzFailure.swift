// What happens when a case crashes, hangs or eats memory: its seed is printed, its input saved.

import Glibc

/// Keeps the case that is being run where a signal handler can reach it.
///
/// A handler may only call what is safe in it, so the messages and the copy of the input lie ready
/// in plain memory, and are written with `write`.
enum FuzzFailure {
  /// Layout: the input's bytes. Written before each case, read by the handler.
  nonisolated(unsafe) private static var input = UnsafeMutablePointer<UInt8>.allocate(
    capacity: inputCapacity)
  nonisolated(unsafe) private static var inputCount = 0
  nonisolated(unsafe) private static var message = UnsafeMutablePointer<UInt8>.allocate(
    capacity: messageCapacity)
  nonisolated(unsafe) private static var messageCount = 0
  nonisolated(unsafe) private static var path = UnsafeMutablePointer<CChar>.allocate(
    capacity: messageCapacity)

  private static let inputCapacity = 16 << 20
  private static let messageCapacity = 4096

  /// Catches the signals of a crash, and of the timer.
  static func install() {
    // A stack overflow leaves no stack for its handler, which therefore has one of its own.
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: 1 << 16, alignment: 16)
    stack.ss_size = 1 << 16
    sigaltstack(&stack, nil)
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGVTALRM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { FuzzFailure.handle($0) }
      action.sa_flags = Int32(SA_ONSTACK)
      sigaction(signal, &action, nil)
    }
  }

  /// Keeps the case that is about to run.
  static func remember(_ bytes: [UInt8], kind: String, seed: UInt64, folder: String) {
    inputCount = min(bytes.count, inputCapacity)
    bytes.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { input.update(from: start, count: inputCount) }
    }
    let file = "\(folder)/fuzz-\(kind)-\(seed).input"
    copy("case \(kind) with --seed \(seed); its input is in \(file)\n", to: message, &messageCount)
    var pathCount = 0
    path.withMemoryRebound(to: UInt8.self, capacity: messageCapacity) {
      copy(file, to: $0, &pathCount)
      $0[pathCount] = 0
    }
  }

  private static func copy(
    _ text: String, to target: UnsafeMutablePointer<UInt8>, _ count: inout Int
  ) {
    count = 0
    for byte in text.utf8.prefix(messageCapacity - 1) {
      target[count] = byte
      count += 1
    }
  }

  /// Stops the run with the current case as the culprit.
  static func stop(_ reason: StaticString) -> Never {
    write(2, reason.utf8Start, reason.utf8CodeUnitCount)
    write(2, message, messageCount)
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if file >= 0 {
      write(file, input, inputCount)
      close(file)
    }
    _exit(1)
  }

  private static func handle(_ signal: Int32) {
    stop(signal == SIGVTALRM ? "TOO SLOW: " : "CRASH: ")
  }

  /// Gives the pass that begins so much processor time; zero for no limit.
  static func limitTime(milliseconds: Int) {
    var timer = itimerval()
    timer.it_value.tv_sec = milliseconds / 1000
    timer.it_value.tv_usec = milliseconds % 1000 * 1000
    setitimer(__itimer_which_t(ITIMER_VIRTUAL.rawValue), &timer, nil)
  }

  /// The most memory the process has held, in bytes.
  static var peakMemory: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
