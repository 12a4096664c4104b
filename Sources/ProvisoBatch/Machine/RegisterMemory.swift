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
