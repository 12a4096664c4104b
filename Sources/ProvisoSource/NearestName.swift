// Finds the name a person probably meant.

/// The candidate nearest to a misspelt name, or nil where none is near enough.
///
/// Distance counts insertions, deletions, replacements and swaps of neighbours (letter case alone
/// counts as half an edit); a candidate is near enough within a third of the name's length, and at
/// least one edit. Of equally near candidates the first in alphabetical order is taken, so the
/// answer does not depend on the order of the candidates.
package func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.utf8.prefix(longestComparedName))
  var distances = EditDistances(from: wanted.map(loweredASCII))
  // In half edits: a third of the length, rounded up to a whole edit.
  let limit = 2 * max(1, (wanted.count + 1) / 3)
  var best: (distance: Int, name: String)?
  for candidate in candidates {
    let gap = min(candidate.utf8.count, longestComparedName) - wanted.count
    if 2 * (gap < 0 ? -gap : gap) > limit || candidate == name { continue }
    let bytes = Array(candidate.utf8.prefix(longestComparedName))
    // A name as far away as the best one may still come before it in the alphabet.
    guard
      let edits = distances.distance(
        to: bytes.map(loweredASCII), atMost: (best?.distance ?? limit) / 2)
    else { continue }
    // Where letter case is the only difference.
    let distance = edits == 0 && bytes != wanted ? 1 : 2 * edits
    guard distance <= limit, distance < 2 * max(wanted.count, 1) else { continue }
    if let current = best {
      if distance > current.distance { continue }
      if distance == current.distance, candidate >= current.name { continue }
    }
    best = (distance, candidate)
  }
  return best?.name
}

/// Names are compared by at most this many bytes, which bounds the work on hostile input.
private let longestComparedName = 64

private func loweredASCII(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
}

/// The numbers of insertions, deletions, replacements and swaps of neighbours between one text and
/// others.
///
/// The rows of the computation are kept from one text to the next: a contract of another ruleset
/// has hundreds of unknown fields.
private struct EditDistances {
  private let text: [UInt8]
  private var beforePrevious: [Int] = []
  private var previous: [Int] = []
  private var current: [Int] = []

  init(from text: [UInt8]) { self.text = text }

  /// The distance to another text; nil where it is over the limit.
  ///
  /// - Complexity: O(*n* × *m*), left off as soon as no way is left within the limit.
  mutating func distance(to other: [UInt8], atMost limit: Int) -> Int? {
    let width = other.count + 1
    while previous.count < width {
      beforePrevious.append(0)
      previous.append(0)
      current.append(0)
    }
    for column in 0..<width { previous[column] = column }
    for row in text.indices {
      current[0] = row + 1
      var least = row + 1
      for column in other.indices {
        let change = text[row] == other[column] ? 0 : 1
        var distance = min(
          previous[column + 1] + 1, current[column] + 1, previous[column] + change)
        if row > 0, column > 0, text[row] == other[column - 1], text[row - 1] == other[column] {
          distance = min(distance, beforePrevious[column - 1] + 1)
        }
        current[column + 1] = distance
        least = min(least, distance)
      }
      // A swap reaches back over two rows, and costs one edit where it does.
      if least > limit + 1 { return nil }
      swap(&beforePrevious, &previous)
      swap(&previous, &current)
    }
    let distance = previous[other.count]
    return distance <= limit ? distance : nil
  }
}
