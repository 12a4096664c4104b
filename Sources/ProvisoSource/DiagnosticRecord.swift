// Diagnostics as plain structures of texts and numbers, ready to be written as JSON.

/// A place in a file with its offsets, lines and columns.
package struct PlaceRecord: Hashable, Sendable {
  /// The file's name as written.
  package let file: String
  /// Byte offsets: the first byte, and behind the last.
  package let start: Int
  package let end: Int
  /// Lines and columns from 1, columns in characters.
  package let line: Int
  package let column: Int
  package let endLine: Int
  package let endColumn: Int
  /// What is said of the place; may be empty.
  package let label: String
}

/// A diagnostic with its places resolved, in the order its parts are shown.
package struct DiagnosticRecord: Hashable, Sendable {
  /// A mend as title, safety and edits.
  package struct FixRecord: Hashable, Sendable {
    package let title: String
    package let isSafe: Bool
    package let edits: [EditRecord]
  }

  /// One replacement.
  package struct EditRecord: Hashable, Sendable {
    package let place: PlaceRecord
    package let replacement: String
  }

  package let code: String
  /// `error`, `warning` or `note`.
  package let severity: String
  package let message: String
  package let path: String?
  /// Nil where the span's file is not among the files given.
  package let primary: PlaceRecord?
  package let secondaries: [PlaceRecord]
  package let help: [String]
  package let fixes: [FixRecord]
}

extension Diagnostic {
  /// The diagnostic with its places resolved; places in unknown files are left out.
  package func record(in files: SourceFiles) -> DiagnosticRecord {
    func place(_ span: SourceSpan, _ label: String) -> PlaceRecord? {
      guard let file = files[span.source] else { return nil }
      let (start, end) = (file.position(at: span.start), file.position(at: span.end))
      return PlaceRecord(
        file: file.name, start: span.start, end: span.end, line: start.line,
        column: start.column, endLine: end.line, endColumn: end.column, label: label)
    }
    return DiagnosticRecord(
      code: code.rawValue, severity: severity.rawValue, message: message, path: path,
      primary: place(primary.span, primary.label),
      secondaries: secondaries.compactMap { place($0.span, $0.label) },
      help: help,
      fixes: fixIts.map { fixIt in
        DiagnosticRecord.FixRecord(
          title: fixIt.title, isSafe: fixIt.isSafe,
          edits: fixIt.edits.compactMap { edit in
            place(edit.span, "").map {
              DiagnosticRecord.EditRecord(place: $0, replacement: edit.replacement)
            }
          })
      })
  }
}
