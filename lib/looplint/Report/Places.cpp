//===- Places.cpp - locations for people ----------------------------------===//

#include "looplint/Report/Places.h"

#include <algorithm>

using namespace looplint;
using namespace looplint::report;

ShownRange report::placeOf(const Sources &sources, Location location) {
  const SourceFile &file = sources.file(location.file);
  return {.file = file.path(),
          .begin = file.position(location.span.begin),
          .end = file.position(location.span.end)};
}

LineRange report::firstLine(const Sources &sources, Location location) {
  const SourceFile &file = sources.file(location.file);
  // What could not be decoded has places, but nothing to show.
  if (file.failure())
    return {};
  std::uint32_t line = file.position(location.span.begin).line;
  Span whole = file.lines().lineSpan(line);
  std::uint32_t begin = std::min(location.span.begin, whole.end);
  std::uint32_t end = std::clamp(location.span.end, begin, whole.end);
  return {.text = file.lines().lineText(line),
          .begin = begin - whole.begin,
          .end = end - whole.begin};
}
