//===- Lower.h - a translation unit of C or C++ to summaries --------------===//

#ifndef LOOPLINT_FRONTEND_CPP_LOWER_H
#define LOOPLINT_FRONTEND_CPP_LOWER_H

#include "looplint/Program/Summary.h"
#include "looplint/Program/UnitRequest.h"

#include <vector>

namespace looplint::cpp {

/// Lowers one translation unit: a Summary for each of its files that belongs to
/// the project, with the absolute path of the file, the main file's first.
/// Spans are bytes of the file as it lies on the disk. Never fails: what the
/// compiler reports is in Summary::errors, of the main file where it has no
/// better place. Thread-safe, but a crash of Clang ends the process.
std::vector<Summary> lower(const UnitRequest &request);

} // namespace looplint::cpp

#endif // LOOPLINT_FRONTEND_CPP_LOWER_H
