// Reads plain lines of a portfolio into columns: the same keys in the same order as last time,
// verified byte by byte, or else any order; what is not plain is left to the general reader.

import ProvisoPlan
import ProvisoQuantities

/// Reads JSON objects, one a line, into the columns of a chunk.
///
/// It takes nothing that the general reader refuses, and gives every value the same meaning; but
/// it takes only what is written plainly. The text between the values of a line is remembered, and
/// the next line is expected to have the same.
package struct PlainLineReader: Sendable {
  /// How many bytes have to stand behind the lines, none of which is a letter, digit or sign of
  /// JSON: whatever is short is looked at without asking each time whether the text ends.
  package static let padding = 64

  let schema: LineSchema
  var template = LineTemplate()
  /// How many lines went by the remembered order, and how many by any.
  package private(set) var predictedCount = 0
  package private(set) var walkedCount = 0
  /// The chunk's decimals that the template knows.
  private var decimalsVersion = -1
  /// Lines that were walked since the template was learned last.
  private var missedCount = 0

  /// A reader for the columns of a layout.
  package init(_ layout: ColumnLayout) {
    schema = LineSchema(layout)
  }

  /// Reads the line that begins at an offset by the order seen last, and finds its end on the way;
  /// nil, and nothing changed, where it has another order or is not plain.
  ///
  /// What is plain has no line end in it, so that the first one ends the line.
  ///
  /// - Parameters:
  ///   - bytes: The lines with `padding` bytes behind them.
  ///   - limit: Where the last line ends.
  /// - Returns: Where the line's id stands, and where the line ends.
  package mutating func readNext(
    _ bytes: Span<UInt8>, from start: Int, limit: Int, into chunk: inout ColumnChunk
  ) -> (id: Range<Int>, end: Int)? {
    guard !template.isEmpty, bytes.count - limit >= Self.padding else { return nil }
    knowDecimals(of: chunk)
    var line = LineText(bytes, from: start, to: limit)
    guard let id = follow(&line, isMore: true, &chunk) else { return nil }
    predictedCount += 1
    missedCount = 0
    return (id, line.offset)
  }

  private mutating func knowDecimals(of chunk: borrowing ColumnChunk) {
    guard decimalsVersion != chunk.decimalsVersion else { return }
    template.takeDecimals(of: chunk)
    decimalsVersion = chunk.decimalsVersion
  }

  /// Reads a line into the next row of a chunk; nil, and nothing changed, where it is not plain.
  ///
  /// - Parameter bytes: The text, with `padding` bytes or other lines behind the line; where there
  ///   are fewer, no line is plain.
  /// - Returns: Where the line's id stands.
  package mutating func read(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, into chunk: inout ColumnChunk
  ) -> Range<Int>? {
    guard bytes.count - end >= Self.padding else { return nil }
    knowDecimals(of: chunk)
    if !template.isEmpty {
      var line = LineText(bytes, from: start, to: end)
      if let id = follow(&line, isMore: false, &chunk) {
        predictedCount += 1
        missedCount = 0
        return id
      }
    }
    return readInAnyOrder(bytes, from: start, to: end, into: &chunk)
  }

  /// Reads a line that has another order than the one seen last, as `readNext` has said.
  package mutating func readInAnyOrder(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, into chunk: inout ColumnChunk
  ) -> Range<Int>? {
    guard bytes.count - end >= Self.padding else { return nil }
    var line = LineText(bytes, from: start, to: end)
    chunk.draft.clear()
    // After a few misses the order is learned anew.
    let learns = template.isEmpty || missedCount >= 4
    var walk = LineWalk(schema: schema, isLearning: learns)
    walk.template.pieceStart = start
    guard let id = walk.contract(&line, &chunk), chunk.commit() else { return nil }
    walkedCount += 1
    missedCount += 1
    if learns, walk.template.finish(bytes, line.offset) {
      template = walk.template
      missedCount = 0
      decimalsVersion = -1
    }
    return id
  }
}
