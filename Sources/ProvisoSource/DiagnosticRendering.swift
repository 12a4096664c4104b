// Renders diagnostics as text: the message, the source lines with carets, what to write instead.

/// The files of a run, by their names in spans.
package struct SourceFiles: Sendable {
  /// The files; the one with id *n* stands at position *n*.
  package private(set) var files: [SourceFile]

  /// Collects files whose ids are their positions.
  package init(_ files: [SourceFile] = []) {
    self.files = files
  }

  /// Adds the next file and gives it its id.
  package mutating func add(name: String, bytes: [UInt8]) -> SourceFile {
    let file = SourceFile(id: SourceID(files.count), name: name, bytes: bytes)
    files.append(file)
    return file
  }

  /// The file a span speaks of, if it is one of these.
  package subscript(id: SourceID) -> SourceFile? {
    if files.indices.contains(id.index), files[id.index].id == id { return files[id.index] }
    return files.first { $0.id == id }
  }
}

/// How a diagnostic is rendered.
package struct RenderingStyle: Sendable {
  /// Whether to colour with ANSI escapes.
  package let isColoured: Bool
  /// The most terminal cells of source shown on a line.
  package let width: Int

  /// Chooses a style; plain text of 100 columns by default.
  package init(isColoured: Bool = false, width: Int = 100) {
    self.isColoured = isColoured
    self.width = max(width, 20)
  }
}

extension Diagnostic {
  /// The diagnostic as a person reads it; ends with a line end.
  ///
  /// The same diagnostic and files always give the same text.
  package func rendered(in files: SourceFiles, style: RenderingStyle = RenderingStyle()) -> String {
    var writer = DiagnosticWriter(style: style)
    writer.heading(self)
    var groups: [(file: SourceFile, spans: [(LabelledSpan, Bool)])] = []
    for (item, isPrimary) in [(primary, true)] + secondaries.map({ ($0, false) }) {
      guard let file = files[item.span.source] else { continue }
      if let index = groups.firstIndex(where: { $0.file.id == file.id }) {
        groups[index].spans.append((item, isPrimary))
      } else {
        groups.append((file, [(item, isPrimary)]))
      }
    }
    let lineNumbers = groups.flatMap { group in
      group.spans.map { group.file.lineIndex(at: $0.0.span.end) + 1 }
    }
    writer.gutter = String(lineNumbers.max() ?? 1).count
    for (index, group) in groups.enumerated() {
      writer.excerpt(of: group.file, spans: group.spans, isFirst: index == 0, path: path)
    }
    for line in help { writer.trailer("help", line) }
    return writer.text
  }
}

extension Sequence where Element == Diagnostic {
  /// The diagnostics in their fixed order, each rendered, with an empty line between them.
  package func rendered(in files: SourceFiles, style: RenderingStyle = RenderingStyle()) -> String {
    sorted().map { $0.rendered(in: files, style: style) }.joined(separator: "\n")
  }
}

/// Writes one diagnostic line by line.
private struct DiagnosticWriter {
  let style: RenderingStyle
  var text = ""
  var gutter = 1

  init(style: RenderingStyle) {
    self.style = style
  }

  private func paint(_ text: String, _ code: String) -> String {
    style.isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  private func severityColour(_ severity: DiagnosticSeverity) -> String {
    switch severity {
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    }
  }

  private var margin: String { String(repeating: " ", count: gutter) }

  mutating func heading(_ diagnostic: Diagnostic) {
    let name = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
    text += paint(name, severityColour(diagnostic.severity))
    text += paint(": \(SourceExcerpt.singleLine(diagnostic.message))", "1") + "\n"
  }

  mutating func trailer(_ kind: String, _ line: String) {
    text += "\(margin) \(paint("=", "34")) \(paint(kind, "1")): \(SourceExcerpt.singleLine(line))\n"
  }

  mutating func excerpt(
    of file: SourceFile, spans: [(LabelledSpan, Bool)], isFirst: Bool, path: String?
  ) {
    guard let head = spans.first else { return }
    let place = file.position(at: head.0.span.start)
    let arrow = isFirst ? "-->" : ":::"
    text += "\(margin)\(paint(arrow, "34")) \(file.name):\(place.line):\(place.column)"
    if isFirst, let path { text += " at `\(SourceExcerpt.singleLine(path))`" }
    text += "\n\(margin) \(paint("|", "34"))\n"
    let marks = spans.flatMap { marked($0.0, isPrimary: $0.1, in: file) }
    var shown: Int?
    for line in Set(marks.map(\.line)).sorted() {
      if let shown, line > shown + 1 { text += "\(margin)\(paint("...", "34"))\n" }
      writeLine(line, marks: marks.filter { $0.line == line }, in: file)
      shown = line
    }
    text += "\(margin) \(paint("|", "34"))\n"
  }

  /// Marks under one line: where, and what is said.
  private struct Mark {
    let line: Int
    let range: Range<Int>
    let label: String
    let isPrimary: Bool
  }

  /// A span as marks on its first line and, where it runs over several, on its last.
  private func marked(_ item: LabelledSpan, isPrimary: Bool, in file: SourceFile) -> [Mark] {
    let start = min(max(item.span.start, 0), file.bytes.count)
    let end = min(max(item.span.end, start), file.bytes.count)
    let firstLine = file.lineIndex(at: start)
    // An end at a line's very start belongs to the line before.
    let lastLine = file.lineIndex(at: end > start ? end - 1 : end)
    let label = SourceExcerpt.singleLine(item.label)
    if firstLine == lastLine {
      return [Mark(line: firstLine, range: start..<end, label: label, isPrimary: isPrimary)]
    }
    let first = file.lineRange(firstLine)
    let last = file.lineRange(lastLine)
    var textStart = last.lowerBound
    while textStart < last.upperBound, [0x20, 0x09].contains(file.bytes[textStart]) {
      textStart += 1
    }
    let head = min(start, first.upperBound)..<first.upperBound
    let tail = min(textStart, end)..<max(min(textStart, end), min(end, last.upperBound))
    return [
      Mark(line: firstLine, range: head, label: "from here", isPrimary: isPrimary),
      Mark(
        line: lastLine, range: tail, label: label.isEmpty ? "to here" : label,
        isPrimary: isPrimary),
    ]
  }

  private mutating func writeLine(_ line: Int, marks: [Mark], in file: SourceFile) {
    let range = file.lineRange(line)
    let focus = marks.first { $0.isPrimary } ?? marks[0]
    let excerpt = SourceExcerpt(
      bytes: file.bytes, line: range, focus: focus.range, width: style.width)
    let number = String(line + 1)
    let padding = String(repeating: " ", count: max(gutter - number.count, 0))
    text += "\(padding)\(paint(number, "34")) \(paint("|", "34")) \(excerpt.text)\n"
    let ordered = marks.sorted { left, right in
      (left.range.lowerBound, left.isPrimary ? 0 : 1, left.range.upperBound)
        < (right.range.lowerBound, right.isPrimary ? 0 : 1, right.range.upperBound)
    }
    for mark in ordered {
      let from = excerpt.column(of: mark.range.lowerBound)
      let to = max(excerpt.column(of: mark.range.upperBound), from + 1)
      let line = String(repeating: mark.isPrimary ? "^" : "-", count: to - from)
      let colour = mark.isPrimary ? "1;31" : "1;34"
      text += "\(margin) \(paint("|", "34")) \(String(repeating: " ", count: from))"
      text += paint(mark.label.isEmpty ? line : "\(line) \(mark.label)", colour) + "\n"
    }
  }
}
