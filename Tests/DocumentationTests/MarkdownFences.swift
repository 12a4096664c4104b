// Fenced blocks of a Markdown page, as the documentation tests read them.

import Foundation

/// One fenced block: the words after its opening fence, its lines, and where it stands.
struct Fence {
  /// The words of the info string: `["proviso", "fragment"]`.
  let info: [String]
  var body: String
  /// The line of the opening fence, counted from 1.
  let line: Int
  /// The positions of the body's lines in the page, first and behind the last, counted from 0.
  var bodyLines: Range<Int>

  /// The value of a word `key=value` of the info string.
  func value(of key: String) -> String? {
    info.first { $0.hasPrefix(key + "=") }.map { String($0.dropFirst(key.count + 1)) }
  }
}

/// The root of the repository, found from this file.
let repository = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A page of the repository, by its path from the root.
func page(_ path: String) throws -> String {
  try String(contentsOf: repository.appendingPathComponent(path), encoding: .utf8)
}

/// The fenced blocks of a page, in order.
func fences(of page: String) -> [Fence] {
  var found: [Fence] = []
  var open: Fence?
  for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    if var fence = open {
      if line.hasPrefix("```") {
        fence.bodyLines = fence.bodyLines.lowerBound..<index
        found.append(fence)
        open = nil
      } else {
        fence.body += line + "\n"
        open = fence
      }
    } else if line.hasPrefix("```") {
      let words = line.dropFirst(3).split(separator: " ").map(String.init)
      open = Fence(info: words, body: "", line: index + 1, bodyLines: (index + 1)..<(index + 1))
    }
  }
  return found
}
