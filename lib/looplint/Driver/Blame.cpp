//===- Blame.cpp ----------------------------------------------------------===//
//
// A finding speaks of places: its own, and those of the way that leads there.
// Suspected first are the fixes that change one of these lines, then those that
// change one of the functions around them, such as one that has become a
// coroutine function; then those in the finding's file, and at last all.
//
//===----------------------------------------------------------------------===//

#include "Blame.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

namespace {

/// Where the edits of fixes stand now, next to what a finding speaks of.
class Surroundings {
public:
  Surroundings(const Finding &added, const EditSet &edits,
               const Analysis &analysis);

  bool sharesLine(const Edit &edit) const;
  bool sharesFunction(const Edit &edit) const;

private:
  Location nowAt(const Edit &edit) const {
    std::uint32_t offset = edits.moved(edit.at.file, edit.at.span.begin);
    return {edit.at.file, {offset, offset}};
  }
  std::uint32_t lineOf(Location at) const {
    return analysis.sources.file(at.file).position(at.span.begin).line;
  }

  const EditSet &edits;
  const Analysis &analysis;
  std::vector<Location> places;
  std::vector<Location> functions;
};

} // namespace

/// The innermost function around \p place; empty at the top level of a module.
static Location functionAround(const Program &program, Location place) {
  Location innermost{place.file, {}};
  for (const Function &function : program.summary(place.file).functions) {
    bool isAround = function.kind == FunctionKind::Plain &&
                    function.span.begin <= place.span.begin &&
                    place.span.begin < function.span.end;
    if (isAround) // inner functions come after outer ones
      innermost.span = function.span;
  }
  return innermost;
}

Surroundings::Surroundings(const Finding &added, const EditSet &edits,
                           const Analysis &analysis)
    : edits(edits), analysis(analysis) {
  places.push_back(added.at);
  for (const WitnessStep &step : added.witness)
    places.push_back(step.at);
  for (Location place : places)
    functions.push_back(functionAround(*analysis.program, place));
}

bool Surroundings::sharesLine(const Edit &edit) const {
  Location now = nowAt(edit);
  return llvm::any_of(places, [&](Location place) {
    return place.file == now.file && lineOf(place) == lineOf(now);
  });
}

bool Surroundings::sharesFunction(const Edit &edit) const {
  Location now = nowAt(edit);
  return llvm::any_of(functions, [&](Location function) {
    return function.file == now.file && function.span.begin <= now.span.begin &&
           now.span.begin < function.span.end;
  });
}

Blame looplint::blameFor(const Finding &added,
                         llvm::ArrayRef<const Fix *> fixes,
                         const EditSet &edits, const Analysis &analysis) {
  Surroundings around(added, edits, analysis);
  auto collect = [&](auto matches) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < fixes.size(); ++i)
      if (llvm::any_of(fixes[i]->edits, matches))
        found.push_back(i);
    return found;
  };
  Blame blame{.fixes = collect(
                  [&](const Edit &edit) { return around.sharesLine(edit); }),
              .isSure = true};
  if (blame.fixes.empty())
    blame.fixes =
        collect([&](const Edit &edit) { return around.sharesFunction(edit); });
  if (!blame.fixes.empty())
    return blame;
  blame.isSure = false;
  blame.fixes =
      collect([&](const Edit &edit) { return edit.at.file == added.at.file; });
  if (blame.fixes.empty())
    blame.fixes = collect([](const Edit &) { return true; });
  return blame;
}
