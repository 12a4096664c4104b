// Walking a table or an index of a ledger's file: its pages, the rows on them, and what is between.

/// A value of a row, as far as the walk looks at it.
enum RecordValue {
  case null
  case number(Int)
  case text([UInt8])
  case bytes
}

/// The two kinds of tree in a file.
enum TreeKind {
  case table, index

  var leafType: UInt8 { self == .table ? 0x0D : 0x0A }
  var interiorType: UInt8 { self == .table ? 0x05 : 0x02 }
}

extension PageWalk {
  /// Trees of more levels hold more rows than a file can.
  private static let depthLimit = 24

  /// Walks a tree from its root.
  ///
  /// - Parameter row: Looks at a row's values; a sentence where something is wrong with them.
  mutating func walkTree(
    _ root: Int, _ kind: TreeKind, row: ([RecordValue]) -> String?
  ) {
    _ = walkNode(root, kind, depth: 0, from: "the schema", row)
  }

  /// Walks a page and all below it; the largest row number, of a table.
  private mutating func walkNode(
    _ number: Int, _ kind: TreeKind, depth: Int, from: String, _ row: ([RecordValue]) -> String?
  ) -> Int? {
    guard depth < PageWalk.depthLimit else {
      wrongPage(number, "it lies deeper than any tree goes")
      return nil
    }
    guard let bytes = reach(number, from: from) else { return nil }
    let start = number == 1 ? 100 : 0
    let isLeaf = bytes[start] == kind.leafType
    guard isLeaf || bytes[start] == kind.interiorType else {
      wrongPage(number, "it is not a page of its tree")
      return nil
    }
    var used = UsedBytes(count: pageSize)
    let headerSize = isLeaf ? 8 : 12
    let cellCount = big(bytes, start + 3, 2)
    guard start + headerSize + 2 * cellCount <= pageSize,
      used.take(0, start + headerSize + 2 * cellCount)
    else {
      wrongPage(number, "it has not the room for its \(cellCount) rows")
      return nil
    }
    var lowest = pageSize
    var largest: Int?
    for cell in 0..<cellCount {
      let offset = big(bytes, start + headerSize + 2 * cell, 2)
      lowest = min(lowest, offset)
      guard
        let last = walkCell(
          bytes, offset, number, kind, isLeaf: isLeaf, depth: depth, &used, row)
      else { return nil }
      largest = last
    }
    if !isLeaf {
      largest = walkNode(
        big(bytes, start + 8, 4), kind, depth: depth + 1, from: "page \(number) of the file", row)
      if largest == nil { return nil }
    }
    checkRest(bytes, number, start: start, lowest: lowest, &used)
    return largest ?? 0
  }

  /// Walks one cell; the row number it ends with (0 of an index), or nil with a finding.
  private mutating func walkCell(
    _ bytes: [UInt8], _ start: Int, _ page: Int, _ kind: TreeKind, isLeaf: Bool, depth: Int,
    _ used: inout UsedBytes, _ row: ([RecordValue]) -> String?
  ) -> Int? {
    var offset = start
    var below: Int?
    if !isLeaf {
      let child = big(bytes, offset, 4)
      offset += 4
      below = walkNode(child, kind, depth: depth + 1, from: "page \(page) of the file", row)
      if below == nil { return nil }
    }
    if kind == .table, !isLeaf {
      guard let key = varint(bytes, &offset), used.take(start, offset) else {
        wrongPage(page, "a row on it is not one")
        return nil
      }
      if key != below { wrongPage(page, "a number that parts its rows was changed") }
      return key
    }
    guard let size = varint(bytes, &offset), size >= 0 else {
      wrongPage(page, "a row on it is not one")
      return nil
    }
    var key = 0
    if kind == .table {
      guard let number = varint(bytes, &offset) else {
        wrongPage(page, "a row on it is not one")
        return nil
      }
      key = number
    }
    guard let payload = payload(bytes, &offset, size, page, kind), used.take(start, offset) else {
      wrongPage(page, "a row on it is not one")
      return nil
    }
    guard let record = record(payload, size: size) else {
      wrongPage(page, "the values of a row on it do not fill it")
      return nil
    }
    if let problem = row(record) { wrongPage(page, problem) }
    return key
  }

  /// The bytes of a row that stand on the page, the rest being walked; nil where there are none.
  private mutating func payload(
    _ bytes: [UInt8], _ offset: inout Int, _ size: Int, _ page: Int, _ kind: TreeKind
  ) -> ArraySlice<UInt8>? {
    let usable = pageSize
    let most = kind == .table ? usable - 35 : (usable - 12) * 64 / 255 - 23
    var local = size
    if size > most {
      let least = (usable - 12) * 32 / 255 - 23
      let fitting = least + (size - least) % (usable - 4)
      local = fitting <= most ? fitting : least
    }
    guard offset + local + (local < size ? 4 : 0) <= bytes.count else { return nil }
    let here = bytes[offset..<offset + local]
    offset += local
    if local < size {
      let first = big(bytes, offset, 4)
      offset += 4
      guard walkOverflow(first, size - local, page) else { return nil }
    }
    return here
  }

  /// Walks the pages that a long row goes on over.
  private mutating func walkOverflow(_ first: Int, _ count: Int, _ from: Int) -> Bool {
    var next = first
    var rest = count
    while rest > 0 {
      guard let bytes = reach(next, from: "page \(from) of the file") else { return false }
      let here = min(rest, pageSize - 4)
      rest -= here
      if bytes[(4 + here)...].contains(where: { $0 != 0 }) {
        note(
          .remark, "page \(next) of the file", "bytes that SQLite does not use are not zero")
      }
      let following = big(bytes, 0, 4)
      if rest == 0, following != 0 { wrongPage(next, "it goes on to a page behind its end") }
      next = following
    }
    return true
  }

  /// What is left of a page: the free blocks it lists, and bytes that nothing uses.
  private mutating func checkRest(
    _ bytes: [UInt8], _ page: Int, start: Int, lowest: Int, _ used: inout UsedBytes
  ) {
    var lowest = lowest
    var block = big(bytes, start + 1, 2)
    while block != 0 {
      let size = big(bytes, block + 2, 2)
      guard size >= 4, block + size <= pageSize, used.take(block, block + 4) else {
        wrongPage(page, "its list of free blocks is not one")
        return
      }
      lowest = min(lowest, block)
      let next = big(bytes, block, 2)
      guard next == 0 || next > block else {
        wrongPage(page, "its list of free blocks is not in order")
        return
      }
      block = next
    }
    let stated = big(bytes, start + 5, 2) == 0 ? 65_536 : big(bytes, start + 5, 2)
    if stated != lowest { wrongPage(page, "its rows do not begin where it says") }
    guard let remains = used.unused(of: bytes) else {
      wrongPage(page, "two of its rows lie over each other")
      return
    }
    if remains > 0 {
      note(
        .remark, "page \(page) of the file",
        "\(remains) bytes that SQLite does not use are not zero")
    }
  }

  /// The values of a row as far as they stand on its page; nil where they do not fill the row.
  private func record(_ payload: ArraySlice<UInt8>, size: Int) -> [RecordValue]? {
    let bytes = Array(payload)
    var offset = 0
    guard let headerSize = varint(bytes, &offset), headerSize <= bytes.count else { return nil }
    var values: [RecordValue] = []
    var body = headerSize
    while offset < headerSize {
      guard let type = varint(bytes, &offset), type >= 0 else { return nil }
      let width: Int
      switch type {
      case 0: (width, _) = (0, values.append(.null))
      case 1...6:
        width = [1, 2, 3, 4, 6, 8][type - 1]
        values.append(.number(width < 8 ? max(big(bytes, body, width), 0) : 0))
      case 8, 9: (width, _) = (0, values.append(.number(type - 8)))
      case 12...:
        width = (type - 12) / 2
        let isHere = type % 2 == 1 && body + width <= bytes.count
        values.append(isHere ? .text(Array(bytes[body..<body + width])) : .bytes)
      default: return nil
      }
      guard width <= size - body else { return nil }
      body += width
    }
    return offset == headerSize && body == size ? values : nil
  }
}

/// Which bytes of a page something uses.
struct UsedBytes {
  /// From the first byte to behind the last, in the order in which they were taken.
  private var taken: [(start: Int, end: Int)] = []
  private let count: Int

  init(count: Int) { self.count = count }

  /// Takes bytes from one offset to another; false where they are not there.
  mutating func take(_ start: Int, _ end: Int) -> Bool {
    guard start >= 0, start <= end, end <= count else { return false }
    taken.append((start, end))
    return true
  }

  /// How many of the bytes that nothing uses are not zero; nil where two things use the same.
  func unused(of bytes: [UInt8]) -> Int? {
    var place = 0
    var found = 0
    for piece in taken.sorted(by: { $0.start < $1.start }) + [(bytes.count, bytes.count)] {
      guard piece.start >= place else { return nil }
      while place < piece.start {
        if bytes[place] != 0 { found += 1 }
        place += 1
      }
      place = piece.end
    }
    return found
  }
}

/// Reads a number of SQLite's: seven bits a byte, most significant first, in at most nine bytes.
func varint(_ bytes: [UInt8], _ offset: inout Int) -> Int? {
  var value: UInt64 = 0
  for place in 0..<9 {
    guard bytes.indices.contains(offset) else { return nil }
    let byte = bytes[offset]
    offset += 1
    if place == 8 { return Int(truncatingIfNeeded: value << 8 | UInt64(byte)) }
    value = value << 7 | UInt64(byte & 0x7F)
    if byte & 0x80 == 0 { return Int(truncatingIfNeeded: value) }
  }
  return nil
}
