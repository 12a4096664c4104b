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

  /// Reads a line into the next row of a chunk; nil, and nothing changed, where it is not plain.
  ///
  /// - Parameter bytes: The text with at least eight bytes behind the line.
  /// - Returns: Where the line's id stands.
  package mutating func read(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, into chunk: inout ColumnChunk
  ) -> Range<Int>? {
    if decimalsVersion != chunk.decimalsVersion {
      template.takeDecimals(of: chunk)
      decimalsVersion = chunk.decimalsVersion
    }
    if !template.isEmpty, let id = follow(bytes, start, end, &chunk) {
      predictedCount += 1
      missedCount = 0
      return id
    }
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
