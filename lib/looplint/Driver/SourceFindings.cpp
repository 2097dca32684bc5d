//===- SourceFindings.cpp - what was left out of the analysis -------------===//

#include "SourceFindings.h"

using namespace looplint;

static constexpr std::uint16_t sourceNotAnalysed = 900;

static Finding unreadable(Location at, const std::string &why) {
  return {.code = sourceNotAnalysed,
          .severity = Severity::Error,
          .message = "this file is not analysed: " + why,
          .at = at};
}

/// One finding a file: the first error is where to look, and the others mostly
/// follow from it.
static Finding unparsed(FileId file, const std::vector<SyntaxError> &errors) {
  std::string message =
      "a part of this file is not analysed: " + errors.front().message;
  if (errors.size() > 1)
    message += ", and " + std::to_string(errors.size() - 1) + " more such " +
               (errors.size() == 2 ? "place" : "places");
  return {.code = sourceNotAnalysed,
          .severity = Severity::Warning,
          .message = std::move(message),
          .at = {file, errors.front().span}};
}

/// A unit that was the end of the compiler front end has left nothing.
static Finding notLowered(FileId file, const Summary &summary) {
  return summary.functions.empty()
             ? unreadable({file, summary.errors.front().span},
                          summary.errors.front().message)
             : unparsed(file, summary.errors);
}

Findings looplint::reportUnanalysed(const Sources &sources,
                                    const std::vector<Summary> &summaries,
                                    const std::vector<bool> &matters) {
  Findings findings;
  for (std::uint32_t f = 0; f < sources.size(); ++f) {
    FileId file(f);
    if (const auto &failure = sources.file(file).failure())
      findings.push_back(unreadable({file, {failure->offset, failure->offset}},
                                    failure->message));
    else if (matters[f] && !summaries[f].errors.empty())
      findings.push_back(notLowered(file, summaries[f]));
  }
  return findings;
}
