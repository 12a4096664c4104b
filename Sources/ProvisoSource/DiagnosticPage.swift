// The registry of diagnostics: what each code means, with a bad and a good example.

/// The manual page of one diagnostic code.
package struct DiagnosticPage: Hashable, Sendable {
  /// The code.
  package let code: DiagnosticCode
  /// What it says, in one line.
  package let title: String
  /// A smallest text that raises it.
  package let badExample: String
  /// The same text, mended.
  package let goodExample: String
  /// Why the language asks for this.
  package let reason: String

  /// Writes a page.
  package init(
    code: DiagnosticCode, title: String, badExample: String, goodExample: String, reason: String
  ) {
    self.code = code
    self.title = title
    self.badExample = badExample
    self.goodExample = goodExample
    self.reason = reason
  }

  /// The page in Markdown, as it stands in the manual.
  ///
  /// - Parameter fence: The info string of the examples' fences, such as `proviso` or `json`.
  package func markdown(fence: String) -> String {
    """
    ## \(code.rawValue): \(title)

    \(reason)

    Instead of

    ```\(fence)
    \(badExample)
    ```

    write

    ```\(fence)
    \(goodExample)
    ```

    """
  }
}

/// A room's list of the diagnostics it can raise, in the order of their codes.
package protocol DiagnosticRegistry {
  /// One page for every code the room raises.
  static var pages: [DiagnosticPage] { get }
}

extension DiagnosticRegistry {
  /// The page of a code, if the room raises it.
  package static func page(for code: DiagnosticCode) -> DiagnosticPage? {
    pages.first { $0.code == code }
  }
}
