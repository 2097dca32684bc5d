//===- Places.cpp - locations for people ----------------------------------===//

#include "looplint/Report/Places.h"

#include <algorithm>

using namespace looplint;
using namespace looplint::report;

ShownRange report::placeOf(const Sources &sources, Location location) {
  const SourceFile &file = sources.file(location.file);
  ShownRange place = {.file = file.path(),
                      .begin = file.position(location.span.begin),
                      .end = file.position(location.span.end)};
  place.fileLine = place.begin.line;
  const CodeCell *cell = file.cellAt(location.span.begin);
  if (!cell)
    return place;

  const std::uint32_t linesBefore = file.position(cell->span.begin).line - 1;
  // Broken code may reach beyond its cell; what is shown does not.
  const std::uint32_t end = std::min(location.span.end, cell->span.end);
  place.cell = cell->number;
  place.fileLine = file.fileLine(location.span.begin);
  place.end = file.position(end);
  place.begin.line -= linesBefore;
  place.end.line -= linesBefore;
  return place;
}

std::string report::placeSpelling(const ShownRange &place) {
  std::string spelling = place.file.str() + ":";
  if (place.cell != 0)
    spelling += "cell " + std::to_string(place.cell) + ":";
  return spelling + std::to_string(place.begin.line) + ":" +
         std::to_string(place.begin.column);
}

std::string report::cellPrefix(const ShownRange &place) {
  if (place.cell == 0)
    return "";
  return "cell " + std::to_string(place.cell) + ", line " +
         std::to_string(place.begin.line) + ": ";
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
