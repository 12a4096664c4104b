// Threads that take pieces of work in order and hand their results over in the same order.

import Glibc

/// A mutual exclusion with a signal.
///
/// The two C structures are only touched through their functions, which are made for threads.
private final class Gate: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let signal = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(signal, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(signal)
    mutex.deallocate()
    signal.deallocate()
  }

  func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Waits, inside `locked`, until something changed.
  func wait() { pthread_cond_wait(signal, mutex) }
  func announce() { pthread_cond_broadcast(signal) }
}

/// What a thread runs.
private final class Job: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// A value that threads pass on under a lock.
///
/// Every access stands inside `Gate.locked`, but for what only one thread at a time may do anyway.
private final class Guarded<Value>: @unchecked Sendable {
  var value: Value
  init(_ value: Value) { self.value = value }
}

/// Results that came before those of earlier pieces, until their turn.
///
/// Nobody waits for a slower neighbour to hand over: whoever brings the result that is due hands
/// over all that follow it at once.
private final class Handover<Result: Sendable>: Sendable {
  private struct State {
    /// Results by the number of their piece. Lookup only.
    var ready: [Int: Result] = [:]
    /// The piece whose result is due.
    var due = 0
    /// Whether a thread is handing over; only that thread calls `finish`.
    var isTaken = false
    var isStopped = false
  }
  private let gate = Gate()
  private let state = Guarded(State())
  private let finish: Guarded<(Result) -> Bool>
  /// How many pieces may be under way or wait for their turn.
  private let window: Int

  init(window: Int, finish: @escaping (Result) -> Bool) {
    self.window = window
    self.finish = Guarded(finish)
  }

  /// Waits until a piece is close enough to the one that is due; false where the work has ended.
  func mayBegin(_ index: Int) -> Bool {
    gate.locked {
      while index - state.value.due >= window, !state.value.isStopped { gate.wait() }
      return !state.value.isStopped
    }
  }

  /// Hands a result over, or leaves it for its turn; false where the work has ended.
  func take(_ index: Int, _ result: Result) -> Bool {
    let mayFinish = gate.locked {
      state.value.ready[index] = result
      if state.value.isTaken { return false }
      state.value.isTaken = true
      return true
    }
    while mayFinish, let next = nextDue() {
      let goesOn = finish.value(next)
      gate.locked {
        state.value.due += 1
        if !goesOn { state.value.isStopped = true }
        gate.announce()
      }
    }
    return gate.locked { !state.value.isStopped }
  }

  /// The result that is due, if it is there; otherwise the turn is given up.
  private func nextDue() -> Result? {
    gate.locked {
      if !state.value.isStopped, let next = state.value.ready[state.value.due] {
        state.value.ready[state.value.due] = nil
        return next
      }
      state.value.isTaken = false
      return nil
    }
  }
}

/// Works through pieces with several threads.
///
/// - Parameters:
///   - count: How many threads; with one the calling thread does it all.
///   - next: Gives the next piece; called by one thread at a time, in order. Nil ends the work.
///   - makeWorker: Makes what one thread works with.
///   - finish: Takes the results, in the order of the pieces, one at a time; false ends the work.
package func workInOrder<Piece: Sendable, Worker, Result: Sendable>(
  threads count: Int, next: @escaping () -> Piece?, makeWorker: @escaping @Sendable () -> Worker,
  work: @escaping @Sendable (inout Worker, Piece) -> Result,
  finish: @escaping (Result) -> Bool
) {
  guard count > 1 else {
    var worker = makeWorker()
    while let piece = next() {
      if !finish(work(&worker, piece)) { return }
    }
    return
  }
  let input = Gate()
  let source = Guarded((next: next, index: 0, isAtEnd: false))
  let handover = Handover(window: 4 * count, finish: finish)
  let job = Job {
    var worker = makeWorker()
    while true {
      let taken: (index: Int, piece: Piece)? = input.locked {
        guard !source.value.isAtEnd, let piece = source.value.next() else {
          source.value.isAtEnd = true
          return nil
        }
        source.value.index += 1
        return (source.value.index - 1, piece)
      }
      guard let taken, handover.mayBegin(taken.index) else { return }
      let result = work(&worker, taken.piece)
      if !handover.take(taken.index, result) { input.locked { source.value.isAtEnd = true } }
    }
  }
  var threads: [pthread_t] = []
  for _ in 1..<count {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(job)
    let code = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, box.toOpaque())
    if code == 0 { threads.append(thread) } else { box.release() }
  }
  // The calling thread is one of them, so that work is done even where no other can be had.
  job.body()
  for thread in threads { pthread_join(thread, nil) }
}
