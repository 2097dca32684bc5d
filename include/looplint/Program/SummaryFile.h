//===- SummaryFile.h - summaries as bytes ---------------------------------===//
//
// How `looplint-cxx` hands summaries to `looplint`: the tables as they lie in
// memory, each behind its length. Writer and reader are the same build on the
// same machine, so nothing is converted; a magic number made of the sizes of
// the entries tells another build's bytes.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_PROGRAM_SUMMARYFILE_H
#define LOOPLINT_PROGRAM_SUMMARYFILE_H

#include "looplint/Program/Summary.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <vector>

namespace looplint {

/// Appends \p summaries to \p out.
void writeSummaries(llvm::ArrayRef<Summary> summaries, llvm::raw_ostream &out);

/// What writeSummaries() wrote. Fails where \p bytes are cut off or come from
/// another build; does not check that indices are within their tables.
llvm::Expected<std::vector<Summary>> readSummaries(llvm::StringRef bytes);

/// The same in two steps, as many units send the same bytes for a header:
/// where each summary lies in \p bytes, and what one of them says.
llvm::Expected<std::vector<llvm::StringRef>>
splitSummaries(llvm::StringRef bytes);
llvm::Expected<Summary> readSummary(llvm::StringRef bytes);

} // namespace looplint

#endif // LOOPLINT_PROGRAM_SUMMARYFILE_H
