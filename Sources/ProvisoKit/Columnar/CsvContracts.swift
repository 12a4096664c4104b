// Contracts out of CSV: each row becomes the JSON object it stands for, and is read as one.

package import ProvisoModel
import ProvisoSource

/// How the cells of a table become the members of a JSON object.
///
/// A header is the path of a field (`borrower.country`), `id`, or whatever a mapping says it stands
/// for. An empty cell is null. A number is written bare where JSON can, everything else as a text,
/// so that a cell means what the same text means in a contract of JSON.
package struct CsvShape: Sendable {
  /// How a cell is written.
  enum Form: Sendable {
    /// Bare where it is a number or a truth, else a text.
    case bare
    case text
  }

  /// A column, or an object with columns in it.
  indirect enum Node: Sendable {
    case cell(column: Int, Form)
    case object([(name: String, node: Node)])
    /// The rows of a second file that bear the contract's id.
    case list(Int)
  }

  let members: [(name: String, node: Node)]
  let identifier: Int
  /// Headers that stand for nothing the ruleset knows.
  package let unknownHeaders: [UnknownHeader]
}

/// A header that stands for no field.
package struct UnknownHeader: Hashable, Sendable {
  package let name: String
  /// The field that may be meant.
  package let nearest: String?
}

/// A file of list rows: the list's path in the contract, and its rows.
package struct CsvList {
  package let path: String
  var rows: CsvRows
  var shape: CsvShape?
  /// The row read ahead.
  var pending: CsvRow?
  /// The header as it stands in the file; nil of an empty file.
  var header: CsvRow?
  /// The rows of the contract under way, as they stand in the file, each with its line end.
  var taken: [UInt8] = []

  /// The rows of a list.
  package init(path: String, rows: CsvRows) {
    self.path = path
    self.rows = rows
  }
}

extension CsvShape {
  /// Lays out a header.
  ///
  /// - Parameters:
  ///   - record: What a row describes: the contract, or the member of a list.
  ///   - other: The same of a second ruleset, whose fields are known too.
  ///   - mapping: The path a foreign header stands for.
  ///   - lists: Paths of the lists that come from files of their own.
  package static func of(
    header: CsvRow, _ record: RecordType, in ruleset: CheckedRuleset,
    and other: (record: RecordType, ruleset: CheckedRuleset)? = nil, mapping: [String: String],
    lists: [String], rows: CsvRows
  ) throws(CsvFailure) -> CsvShape {
    var tree = Tree()
    var identifier: Int?
    var unknown: [UnknownHeader] = []
    var seen: Set<String> = []
    for (column, cell) in header.cells.enumerated() {
      let written = String(decoding: cell, as: UTF8.self)
      let path = mapping[written] ?? written
      guard seen.insert(path).inserted else {
        throw rows.failure(
          header.line, "two columns stand for `\(path)`", "remove one, or map it to another field")
      }
      if path == "id" {
        identifier = column
        continue
      }
      let forms = [
        form(of: path, record, ruleset), other.flatMap { form(of: path, $0.record, $0.ruleset) },
      ].compactMap { $0 }
      // Numbers may be written as texts, and texts not as numbers.
      guard let form = forms.contains(.text) ? .text : forms.first else {
        unknown.append(UnknownHeader(name: written, nearest: nearest(to: path, record, ruleset)))
        continue
      }
      tree.insert(path.split(separator: ".").map(String.init)[...], .cell(column: column, form))
    }
    for (index, path) in lists.enumerated() {
      tree.insert(path.split(separator: ".").map(String.init)[...], .list(index))
    }
    guard let identifier else { throw noIdentifier(header, rows) }
    return CsvShape(members: tree.nodes, identifier: identifier, unknownHeaders: unknown)
  }

  /// What to say of a header without `id`: spreadsheets of many countries write semicolons.
  private static func noIdentifier(_ header: CsvRow, _ rows: CsvRows) -> CsvFailure {
    if header.cells.count == 1,
      let mark = [UInt8(ascii: ";"), UInt8(ascii: "\t")].first(where: header.text.contains)
    {
      let name = mark == UInt8(ascii: ";") ? "semicolons" : "tabs"
      return rows.failure(
        header.line, "the cells are separated by \(name)",
        "write commas between them, decimals with a point (`1000.5`), and quotes around a cell "
          + "that has a comma")
    }
    return rows.failure(
      header.line, "no column is called `id`",
      "name the column by which contracts are told apart `id`, or map it to `id`")
  }

  /// The path of a field that a misspelt path may mean.
  private static func nearest(
    to path: String, _ record: RecordType, _ ruleset: CheckedRuleset
  ) -> String? {
    var inside: RecordType? = record
    var names: [String] = []
    for name in path.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
      let known = inside?.fields.map(\.name) ?? []
      let found = known.contains(name) ? name : nearestName(to: name, among: known) ?? name
      names.append(found)
      inside = inside.flatMap { record in
        guard let place = record.index(of: found), case .record(let id) = record.fields[place].type
        else { return nil }
        return ruleset[id]
      }
    }
    let found = names.joined(separator: ".")
    return form(of: found, record, ruleset) == nil ? nil : found
  }

  /// How the cells of a field are written; nil where there is no such field.
  private static func form(
    of path: String, _ record: RecordType, _ ruleset: CheckedRuleset
  ) -> Form? {
    var record = record
    let names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    for (index, name) in names.enumerated() {
      guard let position = record.index(of: name) else { return nil }
      let type = record.fields[position].type
      if index == names.count - 1 { return form(of: type) }
      switch type {
      case .record(let id): record = ruleset[id]
      case .series(let element, _), .levels(let element):
        return index == names.count - 2 ? form(of: element) : nil
      default: return nil
      }
    }
    return nil
  }

  private static func form(of type: ValueType) -> Form? {
    switch type {
    case .quantity, .ratio, .wholeNumber, .boolean: .bare
    case .record, .list, .series, .levels, .contract, .unresolved, .chainEntity: nil
    default: .text
    }
  }

  /// Members put into their objects, in the order in which they come.
  private struct Tree {
    var nodes: [(name: String, node: Node)] = []

    mutating func insert(_ path: ArraySlice<String>, _ node: Node) {
      guard let name = path.first else { return }
      let rest = path.dropFirst()
      guard !rest.isEmpty else {
        nodes.append((name, node))
        return
      }
      var inner = Tree()
      let place = nodes.firstIndex { $0.name == name }
      if let place, case .object(let members) = nodes[place].node { inner.nodes = members }
      inner.insert(rest, node)
      if let place {
        nodes[place].node = .object(inner.nodes)
      } else {
        nodes.append((name, .object(inner.nodes)))
      }
    }
  }
}

/// Turns the rows of a table, and of the lists beside it, into JSON lines.
package struct CsvContracts {
  private var rows: CsvRows
  private var lists: [CsvList]
  private let shape: CsvShape
  private let width: Int
  private let keepsRows: Bool
  /// What the rows of every contract begin and end with.
  private let rowFrame: ContractRows.Frame
  /// The rows that the contract given last stands in, as its digest takes them; empty where they
  /// are not kept.
  package private(set) var contractRows: [UInt8] = []

  /// Reads the headers.
  ///
  /// - Parameter keepsRows: Whether `contractRows` is asked for.
  package init(
    _ rows: CsvRows, lists: [CsvList], ruleset: CheckedRuleset, and other: CheckedRuleset? = nil,
    mapping: [String: String] = [:], keepsRows: Bool = false
  ) throws(CsvFailure) {
    self.rows = rows
    self.lists = lists
    self.keepsRows = keepsRows
    guard let header = try self.rows.next() else {
      throw rows.failure(1, "the file is empty", "begin it with a header: `id,signed,…`")
    }
    width = header.cells.count
    shape = try CsvShape.of(
      header: header, ruleset.contract, in: ruleset, and: other.map { ($0.contract, $0) },
      mapping: mapping, lists: lists.map(\.path), rows: self.rows)
    for index in lists.indices {
      let members = [ruleset, other].compactMap { found in
        found.flatMap { ruleset in
          Self.member(of: lists[index].path, ruleset).map { ($0, ruleset) }
        }
      }
      guard let (record, known) = members.first else {
        throw rows.failure(
          1, "`\(lists[index].path)` is no list of records of the ruleset",
          "name the list by its path, such as `borrower.owners`")
      }
      guard let header = try self.lists[index].rows.next() else { continue }
      self.lists[index].header = header
      self.lists[index].shape = try CsvShape.of(
        header: header, record, in: known, and: members.last, mapping: mapping, lists: [],
        rows: self.lists[index].rows)
      self.lists[index].pending = try self.lists[index].rows.next()
    }
    rowFrame = ContractRows.Frame(
      header: header, lists: self.lists.map { ($0.path, $0.header) }, mapping: mapping)
  }

  /// Headers that stand for nothing the ruleset knows, by file; files without any are left out.
  package var unknownHeaders: [(file: String, headers: [UnknownHeader])] {
    let all =
      [(rows.name, shape.unknownHeaders)]
      + lists.map { ($0.rows.name, $0.shape?.unknownHeaders ?? []) }
    return all.filter { !$0.1.isEmpty }
  }

  private static func member(of path: String, _ ruleset: CheckedRuleset) -> RecordType? {
    var record = ruleset.contract
    for name in path.split(separator: ".") {
      guard let position = record.index(of: String(name)) else { return nil }
      switch record.fields[position].type {
      case .record(let id): record = ruleset[id]
      case .list(.record(let id)): return ruleset[id]
      default: return nil
      }
    }
    return nil
  }

  /// The next contract as a JSON line, with the line of the table that it stands on; nil behind the
  /// last.
  package mutating func next() throws(CsvFailure) -> (line: Int, text: [UInt8])? {
    guard let row = try rows.next() else {
      for list in lists {
        guard let pending = list.pending else { continue }
        throw list.rows.failure(
          pending.line, "no contract that follows has the id of this row",
          "put the rows of `\(list.path)` in the order of the contracts")
      }
      return nil
    }
    guard row.cells.count == width else {
      throw rows.failure(
        row.line, "this row has \(row.cells.count) cells, and the header \(width)",
        "quote cells that hold a comma")
    }
    for index in lists.indices { lists[index].taken.removeAll(keepingCapacity: true) }
    var text = Array("{\"id\":".utf8)
    let identifier = row.cells[shape.identifier]
    Self.writeText(identifier, to: &text)
    try write(shape.members, row, identifier, to: &text, isFirst: false)
    text.append(0x7D)
    if keepsRows { contractRows = rowFrame.text(of: row, lists.map(\.taken)) }
    return (row.line, text)
  }

  private mutating func write(
    _ members: [(name: String, node: CsvShape.Node)], _ row: CsvRow, _ identifier: [UInt8],
    to text: inout [UInt8], isFirst: Bool
  ) throws(CsvFailure) {
    var isFirst = isFirst
    for member in members {
      if !isFirst { text.append(0x2C) }
      isFirst = false
      Self.writeText(Array(member.name.utf8), to: &text)
      text.append(0x3A)
      switch member.node {
      case .cell(let column, let form): Self.write(row.cells[column], form, to: &text)
      case .object(let inner):
        text.append(0x7B)
        try write(inner, row, identifier, to: &text, isFirst: true)
        text.append(0x7D)
      case .list(let index): try writeList(index, identifier, to: &text)
      }
    }
  }

  /// The rows of a list that bear the contract's id; they come in the order of the contracts.
  private mutating func writeList(
    _ index: Int, _ identifier: [UInt8], to text: inout [UInt8]
  ) throws(CsvFailure) {
    text.append(0x5B)
    var isFirst = true
    if let shape = lists[index].shape {
      while let row = lists[index].pending, row.cells.indices.contains(shape.identifier),
        row.cells[shape.identifier] == identifier
      {
        if !isFirst { text.append(0x2C) }
        isFirst = false
        if keepsRows { lists[index].taken += row.text + [0x0A] }
        text.append(0x7B)
        try write(shape.members, row, identifier, to: &text, isFirst: true)
        text.append(0x7D)
        lists[index].pending = try lists[index].rows.next()
      }
    }
    text.append(0x5D)
  }

  // MARK: Cells

  private static func write(_ cell: [UInt8], _ form: CsvShape.Form, to text: inout [UInt8]) {
    if cell.isEmpty {
      text += Array("null".utf8)
    } else if form == .bare, isBare(cell) {
      text += cell
    } else {
      writeText(cell, to: &text)
    }
  }

  /// Whether a cell can stand in JSON as it is: a number by its grammar, `true`, `false`.
  private static func isBare(_ cell: [UInt8]) -> Bool {
    if cell.elementsEqual("true".utf8) || cell.elementsEqual("false".utf8) { return true }
    var rest = cell[...]
    if rest.first == 0x2D { rest = rest.dropFirst() }
    let whole = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard !whole.isEmpty, whole.count == 1 || whole.first != 0x30 else { return false }
    rest = rest.dropFirst(whole.count)
    if rest.isEmpty { return true }
    guard rest.first == 0x2E else { return false }
    rest = rest.dropFirst()
    return !rest.isEmpty && rest.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  private static func writeText(_ cell: [UInt8], to text: inout [UInt8]) {
    text.append(0x22)
    for byte in cell {
      switch byte {
      case 0x22, 0x5C: text += [0x5C, byte]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        text += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: text.append(byte)
      }
    }
    text.append(0x22)
  }
}
