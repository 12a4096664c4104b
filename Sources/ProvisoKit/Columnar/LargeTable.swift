// Tables that grow with a portfolio, in memory that is quick to find.
//
// What is looked up all over a table of many megabytes waits twice: for the line of memory, and for
// where its page lies. Linux keeps memory in large pages where it is asked to, of which a table has
// few, and which it hands out zeroed one by one and not in five hundred parts. Where it does not,
// nothing but time is lost.

import Glibc

/// Asks for large pages beneath some room, before anything is written to it.
private func askForLargePages(_ room: UnsafeMutableRawBufferPointer) {
  // Two of them at least, so that there is a whole one wherever the room begins.
  guard room.count >= 2 << 21, let start = room.baseAddress else { return }
  let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))
  guard pageBytes > 0 else { return }
  let skipped = (pageBytes - Int(bitPattern: start) % pageBytes) % pageBytes
  // What comes of it is not asked: it is a wish.
  _ = madvise(start + skipped, (room.count - skipped) / pageBytes * pageBytes, MADV_HUGEPAGE)
}

/// A table of so many values that are all the same.
func largeTable<Value>(repeating value: Value, count: Int) -> [Value] {
  Array(unsafeUninitializedCapacity: count) { room, filled in
    askForLargePages(UnsafeMutableRawBufferPointer(room))
    room.initialize(repeating: value)
    filled = count
  }
}

extension Array {
  /// Makes room for as many values again.
  @inline(never)
  mutating func growLarge() {
    let (known, larger) = (self, Swift.max(2 * count, 16))
    self = Array(unsafeUninitializedCapacity: larger) { room, filled in
      askForLargePages(UnsafeMutableRawBufferPointer(room))
      filled = room.initialize(fromContentsOf: known)
    }
  }
}
