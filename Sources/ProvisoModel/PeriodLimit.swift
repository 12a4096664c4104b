// How many periods or test dates a question may go over.

/// The most periods that a fold, a range or a schedule goes over, and the most dates it tests on: a
/// hundred years of months.
///
/// Sums over the periods so far, test after test, take as long as the square of their number; to
/// the year 9999 an answer would take minutes. What goes beyond is unknown, and says so.
package var periodLimit: Int { 1_200 }
