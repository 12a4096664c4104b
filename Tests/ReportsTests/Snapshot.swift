// Snapshots: text files beside the tests; PROVISO_UPDATE=1 rewrites them.

import Foundation
import Testing

/// Compares text with the snapshot of that name.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["PROVISO_UPDATE"] == "1" {
    try? Data(text.utf8).write(to: file)
    return
  }
  let expected = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
  #expect(text == expected, "snapshot \(name)", sourceLocation: sourceLocation)
}
