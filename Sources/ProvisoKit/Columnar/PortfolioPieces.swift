// Reads a portfolio in pieces of whole lines, so that memory does not grow with the file.

import Glibc
import ProvisoBatch

/// Some whole lines of a portfolio.
package struct PortfolioPiece: Sendable {
  /// The lines, with `PlainLineReader.padding` bytes behind the last that belong to none.
  package let bytes: [UInt8]
  /// How many bytes are lines.
  package let count: Int
  /// The number of the first line, from 1.
  package let firstLine: Int
  /// Whether it is the rest of a line that is longer than a line may be, and of no use.
  package let isTooLong: Bool
  /// The number of each line, where they stand for the rows of a table; nil: one after the other.
  var lineNumbers: [Int]?
  /// What is wrong with rows of a table that stand for no contract, by their place in the piece.
  var broken: [Int: String] = [:]
  /// Of a table: the rows that a line stands for, by the offset at which it begins. Lookup only.
  var contractRows: [Int: [UInt8]] = [:]

  /// Lines of a file.
  ///
  /// - Parameter bytes: With `PlainLineReader.padding` bytes behind the lines.
  package init(
    bytes: [UInt8], count: Int, firstLine: Int, isTooLong: Bool, lineNumbers: [Int]? = nil,
    broken: [Int: String] = [:], contractRows: [Int: [UInt8]] = [:]
  ) {
    self.bytes = bytes
    self.count = count
    self.firstLine = firstLine
    self.isTooLong = isTooLong
    self.lineNumbers = lineNumbers
    self.broken = broken
    self.contractRows = contractRows
  }

  /// The offset of the next line end, or of the end of the lines.
  func lineEnd(from start: Int) -> Int { nextLineEnd(bytes, from: start, to: count) }

  /// The number of a line, given the one it would have in a file of lines.
  func lineNumber(_ line: Int) -> Int {
    guard let lineNumbers else { return line }
    let place = line - firstLine
    return lineNumbers.indices.contains(place) ? lineNumbers[place] : line
  }
}

/// Gives a portfolio piece by piece.
package protocol PieceSource: AnyObject {
  /// The next piece; nil behind the last.
  func next() -> PortfolioPiece?
  /// Why reading stopped before the end.
  var failure: FileFailure? { get }
}

/// Cuts a file, or bytes at hand, into pieces of whole lines.
package final class PortfolioPieces: PieceSource {
  private let name: String
  private let descriptor: Int32?
  private let closesDescriptor: Bool
  private let pieceBytes: Int
  /// Bytes at hand that were not read yet.
  private var atHand: ArraySlice<UInt8>
  /// The line that the last piece broke off in.
  private var rest: [UInt8] = []
  private var isAtEnd = false
  private var nextLine = 1
  /// Why reading stopped before the end.
  package private(set) var failure: FileFailure?

  /// So many bytes are read at once: a thousand contracts and more.
  private static let usualBytes = 1 << 20
  /// Bytes behind the lines, so that words can be looked at whole.
  private static let padding = PlainLineReader.padding

  /// Reads from a file.
  package init(_ name: String, from files: Files) throws(FileFailure) {
    let path = try files.path(of: name)
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw files.failure(name, errno) }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      close(opened)
      throw FileFailure(name: name, cause: .isFolder)
    }
    self.name = name
    descriptor = opened
    closesDescriptor = true
    pieceBytes = Self.usualBytes
    atHand = []
  }

  /// Reads from a descriptor that is open already, such as standard input, and leaves it open.
  package init(descriptor: Int32, named name: String) {
    self.name = name
    self.descriptor = descriptor
    closesDescriptor = false
    pieceBytes = Self.usualBytes
    atHand = []
  }

  /// Cuts bytes at hand; `pieceBytes` for tests.
  package init(_ bytes: [UInt8], named name: String, pieceBytes: Int? = nil) {
    self.name = name
    descriptor = nil
    closesDescriptor = false
    self.pieceBytes = pieceBytes ?? Self.usualBytes
    atHand = bytes[...]
  }

  deinit {
    if let descriptor, closesDescriptor { close(descriptor) }
  }

  /// The next piece; nil behind the last.
  package func next() -> PortfolioPiece? {
    var buffer: [UInt8] = rest + [UInt8](repeating: 0, count: Self.padding)
    var count = rest.count
    rest = []
    while failure == nil {
      let searched = count
      if isAtEnd { return count == 0 ? nil : piece(buffer, count) }
      buffer = extended(buffer, &count)
      // A piece ends behind its last line end; at the end of the file behind its last byte.
      if let end = buffer[searched..<count].lastIndex(of: 0x0A) {
        rest = Array(buffer[(end + 1)..<count])
        return piece(buffer, end + 1)
      }
      if count > Files.contractLimitBytes { return tooLong() }
    }
    return nil
  }

  private func piece(_ bytes: [UInt8], _ count: Int) -> PortfolioPiece {
    let first = nextLine
    nextLine += lineEnds(bytes, count)
    return PortfolioPiece(bytes: bytes, count: count, firstLine: first, isTooLong: false)
  }

  /// How many line ends there are.
  private func lineEnds(_ bytes: [UInt8], _ count: Int) -> Int {
    var found = 0
    var place = nextLineEnd(bytes, from: 0, to: count)
    while place < count {
      found += 1
      place = nextLineEnd(bytes, from: place + 1, to: count)
    }
    return found
  }

  /// Passes over the rest of a line of which no more needs to be kept.
  private func tooLong() -> PortfolioPiece {
    let first = nextLine
    nextLine += 1
    while !isAtEnd, failure == nil {
      var count = 0
      let buffer = extended([UInt8](repeating: 0, count: Self.padding), &count)
      guard let end = buffer[..<count].firstIndex(of: 0x0A) else { continue }
      rest = Array(buffer[(end + 1)..<count])
      break
    }
    return PortfolioPiece(bytes: [], count: 0, firstLine: first, isTooLong: true)
  }

  /// The first bytes of a buffer, and behind them the next ones that are read, with the padding.
  private func extended(_ buffer: [UInt8], _ count: inout Int) -> [UInt8] {
    let kept = count
    guard let descriptor else {
      let next = atHand.prefix(pieceBytes)
      atHand = atHand.dropFirst(pieceBytes)
      if atHand.isEmpty { isAtEnd = true }
      count += next.count
      return buffer[..<kept] + next + [UInt8](repeating: 0, count: Self.padding)
    }
    var code: Int32?
    var got = 0
    let size = pieceBytes
    let padding = Self.padding
    let longer = [UInt8](unsafeUninitializedCapacity: kept + size + padding) { space, length in
      for index in 0..<kept { space.initializeElement(at: index, to: buffer[index]) }
      guard let target = space.baseAddress?.advanced(by: kept) else { return }
      got = Glibc.read(descriptor, target, size)
      while got < 0, errno == EINTR { got = Glibc.read(descriptor, target, size) }
      if got < 0 { code = errno }
      got = max(got, 0)
      for index in 0..<padding { space.initializeElement(at: kept + got + index, to: 0) }
      length = kept + got + padding
    }
    if let code { failure = Files().failure(name, code) }
    if got == 0 { isAtEnd = true }
    count += got
    return longer
  }
}

/// Where the next line end stands between two offsets; the second where there is none.
///
/// The C library looks at as many bytes at once as the processor can, which no loop over a span is
/// compiled to.
func nextLineEnd(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
  bytes.withUnsafeBytes { bytes in
    guard start >= 0, start < end, end <= bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, 0x0A, end - start)
    else { return end }
    return UnsafeRawPointer(found) - base
  }
}
