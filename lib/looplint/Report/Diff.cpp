//===- Diff.cpp - what fixes change, as a unified diff --------------------===//
//
// What `diff -u` prints and `patch` reads. The shortest script of deleted and
// inserted lines is found by Myers' greedy algorithm, whose effort grows with
// the size of the change and not with that of the file.
//
//===----------------------------------------------------------------------===//

#include "looplint/Report/Report.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <algorithm>
#include <string>

using namespace looplint;
using Lines = std::vector<llvm::StringRef>;

static constexpr std::size_t context = 3;

/// With their ends, so that a last line without one differs from one with.
static Lines linesOf(llvm::StringRef text) {
  Lines lines;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.take_front(end));
    text = text.drop_front(end);
  }
  return lines;
}

namespace {

enum class Change : char { Keep = ' ', Delete = '-', Insert = '+' };

/// A shortest way from one text to the other.
class Script {
public:
  Script(const Lines &before, const Lines &after)
      : before(before), after(after) {
    trace();
  }

  std::vector<Change> changes;

private:
  /// By diagonal, from -depth - 1 to depth + 1.
  using Furthest = std::vector<std::size_t>;

  void trace();
  void walkBack(const std::vector<Furthest> &steps);
  std::size_t slide(std::size_t x, std::size_t y) const {
    while (x < before.size() && y < after.size() && before[x] == after[y]) {
      ++x;
      ++y;
    }
    return x;
  }

  const Lines &before;
  const Lines &after;
};

} // namespace

/// Whether the step to diagonal \p k of depth \p d inserts a line. The middle
/// of
/// \p furthest is diagonal 0.
static bool insertsAt(llvm::ArrayRef<std::size_t> furthest, std::int64_t k,
                      std::int64_t d) {
  auto at = [&](std::int64_t diagonal) {
    auto middle = static_cast<std::int64_t>(furthest.size() / 2);
    return furthest[static_cast<std::size_t>(middle + diagonal)];
  };
  return k == -d || (k != d && at(k - 1) < at(k + 1));
}

void Script::trace() {
  Furthest furthest(3);
  std::vector<Furthest> steps;
  for (std::int64_t d = 0;; ++d) {
    steps.push_back(furthest);
    const Furthest &last = steps.back();
    // One more diagonal on both sides.
    Furthest next(last.size() + 2);
    auto middle = static_cast<std::int64_t>(last.size() / 2);
    for (std::int64_t k = -d; k <= d; k += 2) {
      auto at = static_cast<std::size_t>(middle + k);
      std::size_t x = insertsAt(last, k, d) ? last[at + 1] : last[at - 1] + 1;
      if (d == 0)
        x = 0;
      x = slide(x, static_cast<std::size_t>(static_cast<std::int64_t>(x) - k));
      next[at + 1] = x;
      auto y = static_cast<std::size_t>(static_cast<std::int64_t>(x) - k);
      if (x >= before.size() && y >= after.size())
        return walkBack(steps);
    }
    furthest = std::move(next);
  }
}

void Script::walkBack(const std::vector<Furthest> &steps) {
  auto x = static_cast<std::int64_t>(before.size());
  auto y = static_cast<std::int64_t>(after.size());
  for (auto d = static_cast<std::int64_t>(steps.size()) - 1; d > 0; --d) {
    const Furthest &last = steps[static_cast<std::size_t>(d)];
    auto middle = static_cast<std::int64_t>(last.size() / 2);
    std::int64_t k = x - y;
    bool inserts = insertsAt(last, k, d);
    std::int64_t previous = inserts ? k + 1 : k - 1;
    auto fromX = static_cast<std::int64_t>(
        last[static_cast<std::size_t>(middle + previous)]);
    std::int64_t startX = inserts ? fromX : fromX + 1;
    for (; x > startX; --x, --y)
      changes.push_back(Change::Keep);
    changes.push_back(inserts ? Change::Insert : Change::Delete);
    x = fromX;
    y = fromX - previous;
  }
  for (; x > 0; --x)
    changes.push_back(Change::Keep);
  std::reverse(changes.begin(), changes.end());
}

namespace {

/// Prints the changes in hunks with their surroundings.
class HunkPrinter {
public:
  HunkPrinter(llvm::raw_ostream &out, const Lines &before, const Lines &after)
      : out(out), before(before), after(after) {}

  void print(const std::vector<Change> &changes);

private:
  void add(Change change);
  void flush();

  llvm::raw_ostream &out;
  const Lines &before;
  const Lines &after;
  std::size_t oldLine = 0, newLine = 0;   // read so far
  std::size_t oldStart = 0, newStart = 0; // of the hunk
  std::size_t kept = 0;                   // unchanged lines at its end
  bool isOpen = false;
  std::string body;
};

} // namespace

static void appendLine(std::string &body, char mark, llvm::StringRef line) {
  body += mark;
  body += line;
  if (!line.ends_with("\n"))
    body += "\n\\ No newline at end of file\n";
}

void HunkPrinter::add(Change change) {
  bool isOld = change != Change::Insert;
  appendLine(body, static_cast<char>(change),
             isOld ? before[oldLine] : after[newLine]);
  oldLine += isOld;
  newLine += change != Change::Delete;
}

void HunkPrinter::flush() {
  if (!isOpen)
    return;
  auto range = [](std::size_t start, std::size_t end) {
    std::size_t count = end - start;
    // An empty range is named by the line in front of it.
    std::string text = std::to_string(count == 0 ? start : start + 1);
    return count == 1 ? text : text + "," + std::to_string(count);
  };
  out << "@@ -" << range(oldStart, oldLine) << " +" << range(newStart, newLine)
      << " @@\n"
      << body;
  body.clear();
  isOpen = false;
}

void HunkPrinter::print(const std::vector<Change> &changes) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto next =
        std::find_if(changes.begin() + static_cast<std::ptrdiff_t>(i),
                     changes.end(), [](Change c) { return c != Change::Keep; });
    auto distance = static_cast<std::size_t>(next - changes.begin() -
                                             static_cast<std::ptrdiff_t>(i));
    bool isNear = next != changes.end() && distance <= context;
    if (changes[i] == Change::Keep && !isNear && (!isOpen || kept == context)) {
      flush();
      ++oldLine;
      ++newLine;
      continue;
    }
    if (!isOpen) {
      oldStart = oldLine;
      newStart = newLine;
      isOpen = true;
    }
    kept = changes[i] == Change::Keep ? kept + 1 : 0;
    add(changes[i]);
  }
  flush();
}

void looplint::printDiff(llvm::raw_ostream &out, const Report &report) {
  for (const auto &[id, original] : report.originals) {
    const SourceFile &file = report.sources.file(id);
    Lines before = linesOf(original);
    Lines after = linesOf(file.document());
    out << "--- " << file.path() << "\n+++ " << file.path() << '\n';
    HunkPrinter(out, before, after).print(Script(before, after).changes);
  }
}
