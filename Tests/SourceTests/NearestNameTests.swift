// Suggestions for misspelt names.

import ProvisoSource
import Testing

@Suite("Nearest names")
struct NearestNameTests {
  @Test(
    "a misspelt name finds the one that was meant",
    arguments: [
      ("ammount", "amount"), ("amuont", "amount"), ("Amount", "amount"), ("amoun", "amount"),
      ("borower", "borrower"), ("signde", "signed"),
    ])
  func near(_ pair: (String, String)) {
    let names = ["amount", "borrower", "signed", "x"]
    #expect(nearestName(to: pair.0, among: names) == pair.1)
    #expect(nearestName(to: pair.0, among: names.reversed()) == pair.1)
  }

  @Test("a name far from all finds none", arguments: ["q", "zzzzzz", "completely_other", ""])
  func far(_ name: String) {
    #expect(nearestName(to: name, among: ["amount", "borrower", "signed"]) == nil)
  }

  @Test("of equally near names the first in the alphabet is taken, whatever their order")
  func ties() {
    #expect(nearestName(to: "cat", among: ["hat", "bat"]) == "bat")
    #expect(nearestName(to: "cat", among: ["bat", "hat"]) == "bat")
  }

  @Test("other letter case is nearer than another letter")
  func letterCase() {
    #expect(nearestName(to: "EUr", among: ["EUB", "EUR"]) == "EUR")
  }

  @Test("long hostile names are compared in bounded time")
  func long() {
    let name = String(repeating: "a", count: 1_000_000)
    #expect(
      nearestName(to: name, among: [name + "b", "amount"]) == nil
        || nearestName(to: name, among: [name + "b"]) == name + "b")
  }
}
