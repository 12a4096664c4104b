// Accounts for every byte of a ledger's file, page by page, by the published format of SQLite's
// files (https://www.sqlite.org/fileformat2.html).
//
// Verification through SQL sees what SQLite reads. This sees the rest: bytes between rows, pages
// that nothing refers to, numbers that SQLite does not look at. A ledger only ever grows, so that
// unused bytes are zero; a byte that is not is reported with its page.

/// Gives the pages of a file that nobody is writing to.
package struct FilePages {
  /// The size of the file in bytes.
  package let byteCount: Int
  /// Reads bytes at an offset; nil where that fails or the file ends before.
  package let read: (_ offset: Int, _ count: Int) -> [UInt8]?

  /// A file by its size and a way to read it.
  package init(byteCount: Int, read: @escaping (_ offset: Int, _ count: Int) -> [UInt8]?) {
    self.byteCount = byteCount
    self.read = read
  }
}

/// Accounts for every byte of a ledger's file.
///
/// - Parameter versions: The versions of SQLite that are recorded to have written to it.
/// - Returns: What is not as it should be, at most a hundred findings.
package func walkPages(of file: FilePages, writtenBy versions: Set<Int>) -> [LedgerFinding] {
  var walk = PageWalk(file)
  walk.run(versions)
  return walk.findings
}

/// One walk; trees are walked in `PageWalk+Trees.swift`.
struct PageWalk {
  let file: FilePages
  var findings: [LedgerFinding] = []
  var pageSize = 0
  var pageCount = 0
  /// Which pages something refers to. Page n stands at n - 1.
  var isReached: [Bool] = []

  static let findingLimit = 100

  init(_ file: FilePages) { self.file = file }

  mutating func note(_ weight: LedgerFinding.Weight, _ place: String, _ message: String) {
    guard findings.count < PageWalk.findingLimit else { return }
    findings.append(LedgerFinding(weight, place, message))
  }

  mutating func wrongPage(_ page: Int, _ message: String) {
    note(.wrong, "page \(page) of the file", message)
  }

  mutating func run(_ versions: Set<Int>) {
    guard let header = file.read(0, 100), header.count == 100 else {
      note(.wrong, "the file", "it is shorter than the header of an SQLite database")
      return
    }
    guard checkHeader(header, versions) else { return }
    isReached = Array(repeating: false, count: pageCount)
    var roots: [(page: Int, isIndex: Bool, hasRowNumber: Bool)] = []
    walkTree(1, .table) { record in
      guard record.count >= 4, case .text(let type) = record[0], case .text(let name) = record[1],
        case .number(let root) = record[3]
      else { return "a row of the schema is not one" }
      roots.append((root, type == Array("index".utf8), name != Array("sqlite_sequence".utf8)))
      return nil
    }
    for root in roots {
      if root.isIndex {
        walkTree(root.page, .index) { _ in nil }
      } else {
        walkTree(root.page, .table) { record in
          guard root.hasRowNumber else { return nil }
          // The row's number stands in its key; its column is empty, and nothing reads it.
          if case .null? = record.first { return nil }
          return "a row carries a number that SQLite does not read"
        }
      }
    }
    walkFreeList(big(header, 32, 4), count: big(header, 36, 4))
    // SQLite locks by bytes at 2^30, and keeps nothing on the page that has them.
    let lockPage = (1 << 30) / pageSize + 1
    for page in 1...pageCount where !isReached[page - 1] {
      if page == lockPage {
        if let bytes = self.page(page), bytes.contains(where: { $0 != 0 }) {
          note(.remark, "page \(page) of the file", "SQLite does not use it, and it is not empty")
        }
      } else {
        wrongPage(page, "nothing refers to it")
      }
    }
  }

  /// The bytes of a page; nil where they cannot be read.
  mutating func page(_ number: Int) -> [UInt8]? {
    guard number >= 1, number <= pageCount,
      let bytes = file.read((number - 1) * pageSize, pageSize), bytes.count == pageSize
    else { return nil }
    return bytes
  }

  /// Marks a page as referred to, and gives its bytes; nil, with a finding, where it cannot be.
  mutating func reach(_ number: Int, from: String) -> [UInt8]? {
    guard number >= 1, number <= pageCount else {
      note(.wrong, from, "it refers to page \(number), which the file does not have")
      return nil
    }
    guard !isReached[number - 1] else {
      wrongPage(number, "more than one thing refers to it")
      return nil
    }
    isReached[number - 1] = true
    guard let bytes = page(number) else {
      wrongPage(number, "it cannot be read")
      return nil
    }
    return bytes
  }

  // MARK: The header

  private mutating func checkHeader(_ header: [UInt8], _ versions: Set<Int>) -> Bool {
    guard header.prefix(16).elementsEqual(Array("SQLite format 3\0".utf8)) else {
      note(.wrong, "the file", "it does not begin as an SQLite database does")
      return false
    }
    pageSize = big(header, 16, 2) == 1 ? 65_536 : big(header, 16, 2)
    guard pageSize >= 512, pageSize & (pageSize - 1) == 0 else {
      note(.wrong, "byte 16 of the file", "its page size is not one")
      return false
    }
    pageCount = big(header, 28, 4)
    guard pageCount > 0, pageCount == file.byteCount / pageSize,
      file.byteCount.isMultiple(of: pageSize)
    else {
      note(
        .wrong, "byte 28 of the file",
        "it says \(pageCount) pages, and the file has \(file.byteCount) bytes")
      return false
    }
    let fixed: [(offset: Int, count: Int, value: Int)] = [
      (18, 1, 2), (19, 1, 2), (20, 1, 0), (21, 1, 64), (22, 1, 32), (23, 1, 32), (44, 4, 4),
      (48, 4, 0), (52, 4, 0), (56, 4, 1), (64, 4, 0), (68, 4, Schema.applicationID), (72, 4, 0),
      (76, 4, 0), (80, 4, 0), (84, 4, 0), (88, 4, 0),
    ]
    for field in fixed where big(header, field.offset, field.count) != field.value {
      note(
        .wrong, "byte \(field.offset) of the file",
        "it says \(big(header, field.offset, field.count)) where a ledger has \(field.value)")
    }
    let version = big(header, 60, 4)
    if version < 1 || version > Schema.current.version
      || big(header, 40, 4) != Schema.current.changeCount(version: version)
    {
      note(.wrong, "byte 40 of the file", "the schema was changed and changed back")
    }
    if big(header, 24, 4) != big(header, 92, 4) {
      note(.wrong, "byte 24 of the file", "its two counts of changes differ")
    }
    if !versions.contains(big(header, 96, 4)) {
      note(
        .remark, "byte 96 of the file",
        "it was last written by SQLite \(big(header, 96, 4)), by which no run was recorded")
    }
    return true
  }

  // MARK: Unused pages

  private mutating func walkFreeList(_ first: Int, count: Int) {
    var trunk = first
    var found = 0
    while trunk != 0 {
      guard let bytes = reach(trunk, from: "the list of unused pages") else { return }
      found += 1
      note(.remark, "page \(trunk) of the file", "SQLite does not use it")
      let leaves = big(bytes, 4, 4)
      guard leaves <= pageSize / 4 - 2 else {
        wrongPage(trunk, "its count of unused pages is not one")
        return
      }
      for leaf in 0..<leaves {
        let page = big(bytes, 8 + 4 * leaf, 4)
        guard reach(page, from: "page \(trunk) of the file") != nil else { return }
        note(.remark, "page \(page) of the file", "SQLite does not use it")
      }
      found += leaves
      trunk = big(bytes, 0, 4)
    }
    if found != count {
      note(.wrong, "byte 36 of the file", "it says \(count) unused pages, and there are \(found)")
    }
  }
}

/// A number of some bytes, most significant first.
func big(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
  guard offset >= 0, count <= 7, offset + count <= bytes.count else { return -1 }
  var number = 0
  for place in offset..<offset + count { number = number << 8 | Int(bytes[place]) }
  return number
}
