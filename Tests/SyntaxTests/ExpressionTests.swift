// How every form of expression is read.

import ProvisoSource
import ProvisoSyntax
import Testing

/// A text and how it is read.
private struct Case: CustomStringConvertible, Sendable {
  let text: String
  let shape: String
  var description: String { text }

  init(_ text: String, _ shape: String) {
    self.text = text
    self.shape = shape
  }
}

private let operatorCases = [
  Case("a + b - c * d / e", "(- (+ a b) (/ (* c d) e))"),
  Case("-a ^ 2 * b", "(* (neg (^ a 2)) b)"),
  Case("a ^ -2", "(^ a (neg 2))"),
  Case("10% of a + 5% of b", "(+ (of [10 %] a) (of [5 %] b))"),
  Case("10% of a / b", "(/ (of [10 %] a) b)"),
  Case("(a + b) * c", "(* (+ a b) c)"),
  Case("a < b + 1", "(< a (+ b 1))"),
  Case("a <> b", "(<> a b)"),
  Case("not a = b and c", "(and (not (= a b)) c)"),
  Case("a and b and c", "(and a b c)"),
  Case("a or b or c", "(or a b c)"),
  Case("(a and b) or c", "(or (and a b) c)"),
  Case("x.y.z at p.end < 5", "(< (at x.y.z p.end) 5)"),
  Case("x at 2019 ^ 2", "(^ (at x 2019) 2)"),
  Case("x at 2019 - x at 2024", "(- (at x 2019) (at x 2024))"),
  Case("a * b capped at c * d", "(capped (* a b) (* c d))"),
  Case("a capped at b \"the cap\" floored at 0", "(floored (capped a b 'the cap') 0)"),
  Case("a else b else 0 > 5", "(> (else (else a b) 0) 5)"),
  Case("2024 - 03", "(- 2024 03)"),
  Case("2024-03", "2024-03"),
  Case("a -5", "(- a 5)"),
]

private let literalCases = [
  Case("1_000_000", "1_000_000"),
  Case("3.50", "3.50"),
  Case("25%", "[25 %]"),
  Case("25 %", "[25 %]"),
  Case("25 bps", "[25 bps]"),
  Case("2 percentage points", "[2 percentage points]"),
  Case("80 EUR/tCO2e", "[80 EUR/tCO2e]"),
  Case("80 EUR / tCO2e", "(/ [80 EUR] tCO2e)"),
  Case("5 kg*m2/s", "[5 kg*m2/s]"),
  Case("EUR 10 million", "[10 million <EUR]"),
  Case("10 million EUR", "[10 million EUR]"),
  Case("EUR", "EUR"),
  Case("2021-03-01", "2021-03-01"),
  Case("2024-02-29", "2024-02-29"),
  Case("2024-Q1.end", "2024-Q1.end"),
  Case("2024-H2", "2024-H2"),
  Case("\"a \\\"b\\\" \\\\ c\"", "'a \"b\" \\ c'"),
  Case("true", "true"),
  Case("none", "none"),
  Case("[ 1, 2, ]", "(list 1 2)"),
  Case("[]", "(list)"),
  Case("{ loan, grant }", "(set loan grant)"),
  Case("{}", "(record )"),
  Case(
    "{ a = 1, b.c = { d = 2 }, from = 3, complete until = 2024-01-01 }",
    "(record a=1 b.c=(record d=2) from=3 complete until=2024-01-01)"),
  Case("{ 5 at 2019, -6 at 2024 }", "(points 5 2019 (neg 6) 2024)"),
  Case(
    "{ 0% from 2021-01-01, 5% from a + 3 months }",
    "(spells [0 %] 2021-01-01 [5 %] (+ a (months 3)))"),
  Case("(size, year)", "(tuple size year)"),
]

private let wordCases = [
  Case("all of { \"a\" : x, any of { y, z }, }", "(all 'a':x (any y z))"),
  Case("none of { a, b }", "(none a b)"),
  Case("at least 2 of { a, b }", "(least 2 a b)"),
  Case("at least (n + 1) of { a }", "(least (+ n 1) a)"),
  Case("all", "all"),
  Case("some x in L where x.a > 5 and b", "(some x L (and (> x.a 5) b))"),
  Case("every x in L where p satisfies q or r", "(every x L p (or q r))"),
  Case("no x in 1 to 5 where x = 3", "(no x (to 1 5) (= x 3))"),
  Case("not some x in L where p", "(not (some x L p))"),
  Case("count(x in L where p)", "(count x L p)"),
  Case("count(L)", "(count L)"),
  Case("sum(x.a * 2 for x in L)", "(sum x (* x.a 2) L)"),
  Case("sum(ebitda over 4 quarters to period)", "(sum (over ebitda (quarters 4) period))"),
  Case("average(1 to 5)", "(average (to 1 5))"),
  Case("max(a, b, c)", "(call max a b c)"),
  Case("min((a when p, otherwise b), c)", "(call min (choice a p b) c)"),
  Case("chain(owners)", "(chain owners)"),
  Case("chain(a.owners, product of share)", "(chain-product a.owners share)"),
  Case("chain(owners, each share > 50%)", "(chain-each owners (> share [50 %]))"),
  Case("round(a / b, to EUR 0.01, half even)", "(round-halfEven (/ a b) [0.01 <EUR])"),
  Case("round(a, to 1)", "(round a 1)"),
  Case("part of a.b above EUR 5 * 2", "(* (above a.b [5 <EUR]) 2)"),
  Case("part of x up to y", "(up-to x y)"),
  Case("30 days after signed", "(after (days 30) signed)"),
  Case("5 business days after (a + 1 day)", "(after (businessDays 5) (+ a (days 1)))"),
  Case("notice months", "(months notice)"),
  Case("years completed from a to b.c", "(years-completed a b.c)"),
  Case("year fraction from a to b.c by \"actual/360\"", "(year-fraction a b.c)"),
  Case("year fraction from a to b by \"x\" maturing on c", "(year-fraction a b c)"),
  Case("months started from a to b", "(months-started a b)"),
  Case("year of signed = 2024", "(= (year-of signed) 2024)"),
  Case("f(a, b)", "(call f a b)"),
]

private let relationCases = [
  Case("c in L", "(in c L)"),
  Case("c in L on signed", "(in c L on:signed)"),
  Case(
    "c in L by published + 3 months on signed + 5 days",
    "(in c L by:published+(months 3) on:(+ signed (days 5)))"),
  Case("c in L at any time from a to b", "(in c L any:a..b)"),
  Case("D in 2020", "(in D 2020)"),
  Case("x in { a, b }", "(in x (set a b))"),
  Case("(k1, k2) in table", "(in (tuple k1 k2) table)"),
  Case("repaid by a + 30 days", "(by repaid (+ a (days 30)))"),
  Case("x is known", "(is known x)"),
  Case("a.b is verified", "(is level:verified a.b)"),
  Case("repaid is none", "(is none repaid)"),
  Case("c.k is met", "(is met c.k)"),
  Case("k is not applicable", "(is not-applicable k)"),
  Case("not x is known", "(not (is known x))"),
  Case("x converted to EUR by ecb on signed > 5", "(> (converted EUR ecb x signed) 5)"),
]

private let namesLikeWords = [
  Case("source = kind", "(= source kind)"),
  Case("due + cure * evidence", "(+ due (* cure evidence))"),
  Case("o.from at o.at", "(at o.from o.at)"),
  Case("o.of of o.in", "(of o.of o.in)"),
  Case("tested in { requires, forbids }", "(in tested (set requires forbids))"),
  Case("title.when when", "title.when"),
  Case("min + max", "(+ min max)"),
  Case("year = month", "(= year month)"),
  Case("a.unless is known", "(is known a.unless)"),
  Case("round + chain", "(+ round chain)"),
]

@Suite("Expressions")
struct ExpressionTests {
  private func read(_ text: String) throws -> (ExpressionSyntax, ParsedFile) {
    let file = SourceFile(name: "e.proviso", text: "define probe = \(text)")
    let parsed = parse(file)
    guard case .define(let define)? = parsed.tree.declarations.first,
      case .value(let value) = define.body
    else { throw NoExpression() }
    return (value, parsed)
  }

  private struct NoExpression: Error {}

  @Test(
    "every form is read as one would say it",
    arguments: operatorCases + literalCases + wordCases + relationCases)
  fileprivate func shapes(_ example: Case) throws {
    let (value, parsed) = try read(example.text)
    #expect(value.shape == example.shape)
    #expect(parsed.diagnostics.rendered(in: SourceFiles([parsed.source])) == "")
    #expect(parsed.source.text(of: value.span) == example.text)
  }

  @Test(
    "clause words are ordinary names, and operator words are names behind a point",
    arguments: namesLikeWords.filter { !$0.text.hasSuffix(" when") })
  fileprivate func names(_ example: Case) throws {
    let (value, parsed) = try read(example.text)
    #expect(value.shape == example.shape)
    #expect(parsed.diagnostics.isEmpty)
  }

  @Test("a choice stands free as a whole define, and in parentheses elsewhere")
  func choices() throws {
    #expect(
      try read("a when p, b when q and r, otherwise c").0.shape == "(choice a p b (and q r) c)")
    #expect(try read("2 * (a when p, otherwise c)").0.shape == "(* 2 (choice a p c))")
  }

  @Test("clause words begin clauses where they stand behind a complete expression")
  func clausesBehindExpressions() {
    let text = """
      condition k {
        requires kind source "s. 4"
        applies when amount >= 25 kind direction, disclosure
        on breach recall 10 on met pay 5 source "x"
        cure when a = source, within 6 months for each x in due where x.kind
      }
      """
    let parsed = parse(SourceFile(name: "k.proviso", text: text))
    #expect(parsed.diagnostics.isEmpty)
    guard case .condition(let condition)? = parsed.tree.declarations.first else {
      Issue.record("no condition")
      return
    }
    let words = condition.clauses.map { clause in
      parsed.text(of: parsed.tokens[clause.extent.tokens.lowerBound])
    }
    #expect(
      words == [
        "requires", "source", "applies", "kind", "on", "on", "source", "cure", "for",
      ])
  }

  @Test("mistakes leave a tree behind, with the missing piece marked")
  func missingPieces() throws {
    #expect(try read("a +").0.shape == "(+ a ?)")
    #expect(try read("f(a, )").0.shape == "(call f a)")
    #expect(try read("(a").0.shape == "a")
    #expect(try read("a = ").0.shape == "(= a ?)")
    #expect(try read("[ 1 2 ]").0.shape == "(list 1 2)")
  }
}
