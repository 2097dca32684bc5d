//===- Formats.h - what the output formats share --------------------------===//

#ifndef LOOPLINT_REPORT_FORMATS_H
#define LOOPLINT_REPORT_FORMATS_H

#include "looplint/Report/Places.h"
#include "looplint/Report/Report.h"

#include <string>

namespace looplint::report {

struct Input {
  const Report &report;
  const PrintOptions &options;

  ShownRange placeOf(Location location) const {
    return report::placeOf(report.sources, location);
  }
};

#define FORMAT(Name, spelling, isDocument)                                     \
  void print##Name(llvm::raw_ostream &out, const Input &input);
#include "looplint/Report/Formats.def"

/// "error", "warning", "info".
llvm::StringRef spelling(Severity severity);
/// "definite", "likely", "possible".
llvm::StringRef spelling(Confidence confidence);
/// "safe", "unsafe", "display".
llvm::StringRef spelling(Applicability applicability);

/// \p text on one line, with what would drive a terminal made visible.
std::string printable(llvm::StringRef text);

/// "1 error", "2 errors".
std::string counted(std::size_t count, llvm::StringRef noun);

} // namespace looplint::report

#endif // LOOPLINT_REPORT_FORMATS_H
