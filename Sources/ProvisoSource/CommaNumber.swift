// Numbers as people write them with commas, and how they are written here.

/// What to write for digits with commas, and perhaps points, between them; nil where they are no
/// number by anybody's custom, or longer than any number may be.
///
/// A sign that is there twice stands between thousands, and of two signs the last stands before the
/// decimals. Thousands are groups of three digits, or of two before the last as in India
/// (`1,00,000`). What one comma before three digits means, only the writer knows.
///
/// - Parameter surroundings: What stands before and behind the digits, to be shown with them.
package func helpForCommas(
  in text: String, surroundings: (before: String, behind: String) = ("", "")
) -> String? {
  guard text.utf8.contains(UInt8(ascii: ",")), text.utf8.count <= 60 else { return nil }
  let shown = { (number: String) in surroundings.before + number + surroundings.behind }
  guard let points = text.lastIndex(of: ".") else {
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
    let plain = areThousands(groups) ? groups.joined() : nil
    guard groups.count == 2 else { return plain.map { "write `\(shown($0))`, without commas" } }
    guard areDigits(groups[0], isFirst: true), areDigits(groups[1]) else { return nil }
    let pointed = groups.joined(separator: ".")
    return plain.map {
      "write `\(shown($0))` or `\(shown(pointed))`, whichever is meant: a number has no commas"
    } ?? "write `\(shown(pointed))`, with a point before the decimals"
  }
  let comma = text.lastIndex(of: ",") ?? text.startIndex
  let last = max(comma, points)
  let decimals = text[text.index(after: last)...]
  let thousands = text[..<last].split(
    separator: comma < points ? "," : ".", omittingEmptySubsequences: false)
  guard areThousands(thousands), areDigits(decimals) else { return nil }
  let number = "\(thousands.joined()).\(decimals)"
  return comma < points
    ? "write `\(shown(number))`, without commas"
    : "write `\(shown(number))`, with a point before the decimals"
}

private func areThousands(_ groups: [Substring]) -> Bool {
  guard let first = groups.first, let last = groups.last, areDigits(first, isFirst: true) else {
    return false
  }
  if groups.count == 1 { return true }
  // `0,500` is no number of thousands.
  let lead = first.drop { $0 == "-" }
  return (1...3).contains(lead.count) && lead.first != "0" && last.count == 3
    && groups.dropFirst().allSatisfy { areDigits($0) && (2...3).contains($0.count) }
}

private func areDigits(_ group: Substring, isFirst: Bool = false) -> Bool {
  let digits = isFirst && group.first == "-" ? group.dropFirst() : group
  return !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
}
