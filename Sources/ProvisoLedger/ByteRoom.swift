// Bytes that are written one behind another, into room that is kept.

import ProvisoLog

/// Bytes on their way into the database, to which short ones are added a few at a time.
///
/// An array asks each time whether anybody else has it; this has one owner.
struct ByteRoom: ~Copyable {
  private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 14, alignment: 16)
  /// How many there are.
  private(set) var count = 0

  init() {}

  deinit { room.deallocate() }

  /// Takes all bytes out, and keeps the room.
  mutating func removeAll() { count = 0 }

  /// Makes sure that there is room for more.
  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if more > room.count - count { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(2 * room.count, count + more), alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: room[..<count]))
    room.deallocate()
    room = larger
  }

  /// Adds bytes.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    reserve(bytes.count)
    UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyMemory(from: bytes)
    count += bytes.count
  }

  /// Adds the thirty-two bytes of a hash.
  mutating func append(_ hash: LogHash) {
    reserve(LogHash.byteCount)
    hash.store(in: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
    count += LogHash.byteCount
  }

  /// Adds a number in base 128.
  mutating func append(number: UInt64) {
    reserve(10)
    var end = count
    forEachByte(of: number) { byte in
      room[end] = byte
      end += 1
    }
    count = end
  }

  /// Lends the bytes, which stay where they are until more are added.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(rebasing: room[..<count]))
  }
}
