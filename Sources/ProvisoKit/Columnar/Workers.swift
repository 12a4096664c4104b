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
/// Every access stands inside `Gate.locked`.
private final class Guarded<Value>: @unchecked Sendable {
  var value: Value
  init(_ value: Value) { self.value = value }
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
  let output = Gate()
  let source = Guarded((next: next, index: 0, isAtEnd: false))
  let sink = Guarded((finish: finish, index: 0, isStopped: false))
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
      guard let taken else { return }
      let result = work(&worker, taken.piece)
      let goesOn = output.locked {
        while sink.value.index != taken.index { output.wait() }
        if !sink.value.isStopped, !sink.value.finish(result) { sink.value.isStopped = true }
        sink.value.index += 1
        output.announce()
        return !sink.value.isStopped
      }
      if !goesOn { input.locked { source.value.isAtEnd = true } }
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
