// The memory that registers are in: taken in pieces, and given back all at once.

/// A row of values in a machine's memory.
///
/// In a debug build each access is checked against the piece; operations check once, before they
/// begin, that a piece has as many values as they are about.
typealias Lane<Value> = UnsafeMutableBufferPointer<Value>

/// The memory of one machine's registers.
///
/// Registers are read and written hundreds of times a vector. As arrays each of these accesses
/// counts references and asks whether the array is shared, which for a single contract costs more
/// than the operations. A piece stays where it is until the machine is gone; a register that needs
/// more room takes another, at least twice as long, so that what lies idle is never more than what
/// is used.
final class RegisterMemory {
  private var pieces: [Lane<UInt64>] = []

  /// Takes a piece that holds a value so many times.
  func take<Value: BitwiseCopyable>(_ count: Int, of value: Value) -> Lane<Value> {
    let stride = MemoryLayout<Value>.stride
    // Room for a step to the alignment of the widest words.
    let piece = Lane<UInt64>.allocate(capacity: (count * stride + 7) / 8 + 2)
    pieces.append(piece)
    guard let start = piece.baseAddress else { return Lane(start: nil, count: 0) }
    let aligned = UnsafeMutableRawPointer(start).alignedUp(for: Value.self)
    let lane = Lane(start: aligned.bindMemory(to: Value.self, capacity: count), count: count)
    lane.initialize(repeating: value)
    return lane
  }

  deinit { for piece in pieces { piece.deallocate() } }
}

/// Values in a machine's memory, to which more can be put: what an array is elsewhere.
struct GrowingLane<Value: BitwiseCopyable>: BitwiseCopyable {
  private var lane = Lane<Value>(start: nil, count: 0)
  private(set) var count = 0

  init() {}

  subscript(index: Int) -> Value {
    @inline(__always) get {
      precondition(index >= 0 && index < count, "beyond what was put there")
      return lane[index]
    }
    @inline(__always) nonmutating set {
      precondition(index >= 0 && index < count, "beyond what was put there")
      lane[index] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ value: Value, in memory: RegisterMemory) {
    if count == lane.count { grow(2 * count, value, memory) }
    lane[count] = value
    count += 1
  }

  /// Takes out what was put there last.
  @inline(__always)
  mutating func cut(to length: Int) { count = min(count, max(0, length)) }

  /// Puts so many values there, in place of all else.
  @inline(__always)
  mutating func fill(_ length: Int, in memory: RegisterMemory, _ value: (Int) -> Value) {
    guard length > 0 else { return cut(to: 0) }
    if length > lane.count { grow(length, value(0), memory) }
    for index in 0..<length { lane[index] = value(index) }
    count = length
  }

  @inline(never)
  private mutating func grow(_ length: Int, _ value: Value, _ memory: RegisterMemory) {
    let wider = memory.take(max(16, length, 2 * lane.count), of: value)
    for index in 0..<count { wider[index] = lane[index] }
    lane = wider
  }
}
