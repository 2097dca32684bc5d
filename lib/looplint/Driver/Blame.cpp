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
  Surroundings(const Finding &added, const Analysis &analysis);

  bool sharesLine(Location trace) const;
  bool sharesFunction(Location trace) const;

private:
  std::uint32_t lineOf(Location at) const {
    return analysis.sources.file(at.file).position(at.span.begin).line;
  }

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

Surroundings::Surroundings(const Finding &added, const Analysis &analysis)
    : analysis(analysis) {
  places.push_back(added.at);
  for (const WitnessStep &step : added.witness)
    places.push_back(step.at);
  for (Location place : places)
    functions.push_back(functionAround(*analysis.program, place));
}

bool Surroundings::sharesLine(Location trace) const {
  return llvm::any_of(places, [&](Location place) {
    return place.file == trace.file && lineOf(place) == lineOf(trace);
  });
}

bool Surroundings::sharesFunction(Location trace) const {
  return llvm::any_of(functions, [&](Location function) {
    return function.file == trace.file &&
           function.span.begin <= trace.span.begin &&
           trace.span.begin < function.span.end;
  });
}

Traces looplint::tracesOf(const Fix &fix, const EditSet &edits) {
  Traces traces;
  for (const Edit &edit : fix.edits) {
    std::uint32_t offset = edits.moved(edit.at.file, edit.at.span.begin);
    traces.push_back({edit.at.file, {offset, offset}});
  }
  return traces;
}

Blame looplint::blameFor(const Finding &added, llvm::ArrayRef<Traces> fixes,
                         const Analysis &analysis) {
  Surroundings around(added, analysis);
  auto collect = [&](auto matches) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < fixes.size(); ++i)
      if (llvm::any_of(fixes[i], matches))
        found.push_back(i);
    return found;
  };
  Blame blame{.fixes = collect(
                  [&](Location trace) { return around.sharesLine(trace); }),
              .isSure = true};
  if (blame.fixes.empty())
    blame.fixes =
        collect([&](Location trace) { return around.sharesFunction(trace); });
  if (!blame.fixes.empty())
    return blame;
  blame.isSure = false;
  blame.fixes =
      collect([&](Location trace) { return trace.file == added.at.file; });
  if (blame.fixes.empty())
    blame.fixes = collect([](Location) { return true; });
  return blame;
}
