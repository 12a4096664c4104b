// What a line looked like: the text between its values, and what each value is.

import ProvisoPlan
import ProvisoQuantities

/// The steps by which the next line is read as the last one was.
struct LineTemplate: Sendable {
  /// What stands behind a piece of text.
  enum Kind: Hashable, Sendable {
    case scalar(ScalarForm)
    case id
    /// A list of the plan; one comma stands between two members.
    case list
    case end
  }

  /// A piece of text and what follows it; nothing in it is counted or shared.
  struct Step: Sendable {
    /// Where the text stands in `words`, and how many bytes it has.
    let text: Int32
    let count: Int32
    /// The text's first sixteen bytes, and which of their bits belong to it.
    let start: SIMD2<UInt64>
    let startMask: SIMD2<UInt64>
    /// The last sixteen bytes of a longer text. Few have more than both: `words` has all of them.
    let tail: SIMD2<UInt64>
    let kind: Kind
    let book: Int32
    /// The column of a value, the list of members.
    let column: Int32
    /// The decimals of the column; of a list the position of its members in `members`.
    var places: Int32 = 0
    /// Of a list, where the steps of a member begin, behind those of the line.
    fileprivate(set) var member: Int32 = 0
    /// Ten to the power of the decimals.
    var scale: Int64 = 1
  }

  /// Those of the line and, each behind an end, those of a member of each list: in one array, which
  /// nothing has to be counted to look at.
  private(set) var steps: [Step] = []
  /// What the members of lists look like.
  private(set) var members: [LineTemplate] = []
  /// The texts, eight bytes a word, each text from a new word on; zeros at its end.
  private(set) var words: [UInt64] = []
  /// What a line of this form says nothing of: columns of its table, containers and lists.
  private(set) var absentColumns: [Int32] = []
  private(set) var absentContainers: [Int32] = []
  private(set) var absentLists: [Int32] = []
  /// Where the text under way begins in the line.
  var pieceStart = 0
  /// What cannot be followed was met: a list in a list, a list without members.
  var isUnfit = false

  var isEmpty: Bool { steps.isEmpty }
  /// Whether a line of this form leaves anything out.
  private(set) var hasAbsences = false

  /// Takes up a value that stands between two offsets, and the text before it.
  mutating func add(_ field: ScalarField, _ bytes: Span<UInt8>, from start: Int, to end: Int) {
    add(.scalar(field.form), Int(field.book), Int(field.column), bytes, start)
    pieceStart = end
  }

  /// Takes up the id.
  mutating func addIdentifier(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    add(.id, -1, -1, bytes, start)
    pieceStart = end
  }

  /// Takes up a list.
  mutating func add(
    list: Int, _ member: LineTemplate, _ bytes: Span<UInt8>, from start: Int, to end: Int
  ) {
    add(.list, -1, list, bytes, start)
    steps[steps.count - 1].places = Int32(members.count)
    members.append(member)
    pieceStart = end
  }

  /// Takes up that a line of this form does not give a column's value.
  mutating func addAbsent(column: Int) {
    absentColumns.append(Int32(column))
    hasAbsences = true
  }
  /// Takes up that a record or a series is absent.
  mutating func addAbsent(container: Int) {
    absentContainers.append(Int32(container))
    hasAbsences = true
  }
  /// Takes up that a list is absent.
  mutating func addAbsent(list: Int) {
    absentLists.append(Int32(list))
    hasAbsences = true
  }

  /// Takes up the text behind the last value; whether the line can be followed.
  mutating func finish(_ bytes: Span<UInt8>, _ end: Int) -> Bool {
    add(.end, -1, -1, bytes, end)
    if isUnfit { steps = [] }
    for index in steps.indices where steps[index].kind == .list {
      steps[index].member = Int32(steps.count)
      let member = members[Int(steps[index].places)]
      steps += member.steps.map { Step($0, textsFrom: words.count) }
      words += member.words
    }
    return !isUnfit
  }

  private mutating func add(
    _ kind: Kind, _ book: Int, _ column: Int, _ bytes: Span<UInt8>, _ end: Int
  ) {
    let text = words.count
    var place = pieceStart
    while place < end {
      words.append(Self.word(bytes, place, end))
      place += 8
    }
    let count = end - pieceStart
    let tail = count > 16 ? end - 16 : end
    steps.append(
      Step(
        text: Int32(text), count: Int32(count),
        start: SIMD2(
          text < words.count ? words[text] : 0, text + 1 < words.count ? words[text + 1] : 0),
        startMask: SIMD2(fullWord(count * 8), fullWord((count - 8) * 8)),
        tail: SIMD2(Self.word(bytes, tail, end), Self.word(bytes, tail + 8, end)),
        kind: kind, book: Int32(book), column: Int32(column)))
  }

  /// Up to eight bytes from a place on, the first lowest; zeros where the text ends.
  private static func word(_ bytes: Span<UInt8>, _ place: Int, _ end: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<max(0, min(8, end - place)) {
      word |= UInt64(bytes[place + index]) << UInt64(index * 8)
    }
    return word
  }

  /// Notes how many decimals the columns have by now.
  mutating func takeDecimals(of chunk: borrowing ColumnChunk) {
    takeDecimals(chunk.rows.decimals, from: 0)
    for step in steps where step.kind == .list {
      takeDecimals(chunk.members[Int(step.column)].decimals, from: Int(step.member))
    }
  }

  /// Takes the decimals of a table for the steps from a place to the next end.
  private mutating func takeDecimals(_ decimals: [Int], from first: Int) {
    for index in steps.indices.dropFirst(first) {
      switch steps[index].kind {
      case .end: return
      case .scalar(.number), .scalar(.writtenNumber):
        guard steps[index].column >= 0 else { continue }
        let places = decimals[Int(steps[index].column)]
        steps[index].places = Int32(places)
        steps[index].scale = powerOfTen(max(0, places)) ?? 1
      case .scalar, .id, .list: continue
      }
    }
  }
}

extension LineTemplate.Step {
  /// A step whose text stands further on.
  fileprivate init(_ step: LineTemplate.Step, textsFrom first: Int) {
    self.init(
      text: step.text + Int32(first), count: step.count, start: step.start,
      startMask: step.startMask, tail: step.tail, kind: step.kind, book: step.book,
      column: step.column)
  }
}
